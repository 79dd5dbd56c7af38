/** Flag, description and default of the option that names the policy of the gate. */
export const gatePolicyOption = [
  "--gate-policy <name>",
  "withhold, strict or warn, or a YAML file: what becomes of figures that rest on a judge nothing vouches for",
  "withhold",
] as const;
