/** Where a judge's verdicts come from: a model, the recorded verdicts of another judge, or a stub without medical knowledge. */
export const judgeKinds = ["model", "replay", "stub"] as const;
export type JudgeKind = (typeof judgeKinds)[number];

/** The stub under its own name; under any other name it is `stub:NAME`. */
const stub = "stub";

/** How tables name a replayed judge: its verdicts are kept separate from the recorded ones. */
export const replayName = (recorded: string): string => `replay:${recorded}`;

/** How tables name a stub that was asked as `name`, so that its verdicts are never mixed up with those of a model. */
export const stubName = (name: string): string => (judgeKind(name) === "stub" ? name : `${stub}:${name}`);

/**
 * The kind of a judge, from its name in the tables. `medbench judge` gives stubs and replays their names, whatever `--model` was;
 * a file of verdicts can use the same names, in any case of letters.
 *
 * @example judgeKind("stub:Qwen2.5-72B-Instruct") // "stub"
 */
export function judgeKind(judge: string): JudgeKind {
  if (/^stub(:|$)/i.test(judge)) return "stub";
  return /^replay:/i.test(judge) ? "replay" : "model";
}

/**
 * Whether a judge is a trial, whose verdicts are evidence of nothing: a stub or a replay that is not of record.
 *
 * @param ofRecord judges of record of the place that is asked about
 * @example isTrial("stub", ["Qwen"]) // true
 */
export const isTrial = (judge: string, ofRecord: readonly string[]): boolean =>
  judgeKind(judge) !== "model" && !ofRecord.includes(judge);
