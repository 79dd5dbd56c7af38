/** Flag, description and default of the option that names the policy of the gate. */
export const gatePolicyOption = [
  "--gate-policy <name>",
  "withhold, strict, warn, or a YAML file: what to do with figures that depend on a judge without enough evidence",
  "withhold",
] as const;
