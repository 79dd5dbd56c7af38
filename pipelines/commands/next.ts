import { isQuiet } from "../terminal/quiet.js";
import type { NextStep } from "../tools/next-steps/next-steps.js";

interface NextFlags {
  readonly workspace: string;
  readonly out?: string;
}

/** What to do next in the workspace of a command that has just run, computed from what is there now. */
export async function nextOf({ workspace, out }: NextFlags, after: string): Promise<NextStep[]> {
  const { nextSteps } = await import("../tools/next-steps/next-steps.js");
  return nextSteps({ workspace, after, ...(out === undefined ? {} : { out }) });
}

/** The steps as the last lines of a command's output; nothing with --quiet. */
export async function nextLines(flags: NextFlags, after: string): Promise<string> {
  return isQuiet() ? "" : linesOf(await nextOf(flags, after));
}

/** Steps that a command proposes itself, because they follow from what it printed; nothing with --quiet. */
export const ownNext = (...steps: readonly NextStep[]): string => (isQuiet() ? "" : linesOf(steps));

export function linesOf(steps: readonly NextStep[]): string {
  return steps
    .map(({ why, command }, index) => `${index === 0 ? "\nNext: " : "\nThen: "}${why}\n  ${command}\n`)
    .join("");
}
