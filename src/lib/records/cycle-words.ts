/** Words of `cycle.yaml` that are also options of commands. */

export const sourceRoles = ["questions", "gold", "crosswalk", "systems", "answers"] as const;
export type SourceRole = (typeof sourceRoles)[number];

export const boardNames = ["upload", "api"] as const;
export type Board = (typeof boardNames)[number];
