const description =
  "withhold, strict, warn, or a YAML file: what to do with figures that depend on a judge without enough evidence";

/** Flag, description and default of the option that names the policy of the gate. */
export const gatePolicyOption = ["--gate-policy <name>", description, "withhold"] as const;

/** The same for commands that run the gate among other things: they keep its policy. */
export const keptGatePolicyOption = [
  "--gate-policy <name>",
  `${description} (default: as the gate last ran, at first withhold)`,
] as const;
