import type { Command } from "commander";
import type { StageOutcome } from "../stages/stage.js";
import { nextLines, nextOf } from "./next.js";

export interface StageFlags {
  readonly workspace: string;
  readonly force?: boolean;
  readonly json?: boolean;
}

/** A command that runs one stage: the options that all of them share. */
export function stageCommand(
  program: Command,
  name: string,
  { summary, description }: { readonly summary: string; readonly description: string },
): Command {
  return program
    .command(name)
    .summary(summary)
    .description(description)
    .option("--workspace <dir>", "folder of the tables and results", "data")
    .option("--force", "run even if inputs, code and parameters have not changed")
    .option("--json", "print the result as JSON");
}

/** What a stage did and what to do next: JSON for machines; for people a line, `details`, and the commands. */
export async function printOutcome(outcome: StageOutcome, flags: StageFlags, details = ""): Promise<void> {
  const { stage } = outcome;
  process.stdout.write(
    flags.json
      ? `${JSON.stringify({ ...outcome, next: await nextOf(flags, stage) })}\n`
      : `${describeOutcome(outcome)}\n${details}${await nextLines(flags, stage)}`,
  );
  if (!flags.json) printNotes(outcome);
}

/** Prints what the user should know about a stage on standard error, so that a pipe gets the result alone. */
export function printNotes({ notes = [] }: StageOutcome): void {
  for (const note of notes) process.stderr.write(`note: ${note}\n`);
}

export function describeOutcome({ stage, skipped, counts }: StageOutcome): string {
  const said = Object.entries(counts)
    .filter(([, value]) => value !== null && value !== 0 && typeof value !== "object")
    .map(([name, value]) => `${countNames[name] ?? name.replaceAll("_", " ")} ${shown(value)}`);
  return `${stage}: ${skipped ? "unchanged" : "done"}${said.length > 0 ? ` (${said.join(", ")})` : ""}`;
}

/** What the stages call their counts, where that is not plain English. */
const countNames: Readonly<Record<string, string>> = {
  ratings_cannot_rate: 'ratings that say "cannot rate"',
  ratings_without_verdict: "ratings of answers without a verdict",
  ratings_on_another_scale: "ratings on another scale than the verdict",
  ratings_of_failed_verdicts: "ratings of answers whose verdict failed",
  ratings_used: "ratings compared with a verdict",
  not_validated_specialties: "specialties where the judge is not good enough",
  corrected_scores: "scores corrected by ratings",
  no_judge_involved: "without a judge",
  publish: "published as they are",
  publish_corrected: "published with a correction",
  publish_with_warning: "published with a caveat",
  withhold: "withheld",
};

const shown = (value: unknown) => (typeof value === "number" ? value.toLocaleString("en-US") : String(value));
