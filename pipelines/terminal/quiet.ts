const variable = "MEDBENCH_QUIET";

/** Whether progress, notes and next steps are left out (`--quiet`). In the environment, because progress is shown deep inside the stages. */
export const isQuiet = (): boolean => process.env[variable] === "1";

export function beQuiet(): void {
  process.env[variable] = "1";
}
