import type {
  JudgeCandidate,
  JudgeChoice,
  JudgeWishes,
} from "../../../src/lib/publication/judge-of-record.js";
import { judgeKind } from "../../../src/lib/records/judge-kind.js";
import { journalTimes } from "../../asking/journal-times.js";
import { defineScoredVerdicts, judgeCandidates } from "../../groups/judge-of-record.js";
import { judgeJournalPath } from "../../judging/judge-files.js";
import type { Engine } from "../../warehouse/engine.js";
import type { Draft } from "../../warehouse/versioned-folder.js";
import { writeTable } from "../../warehouse/writer.js";

export interface ChosenJudges {
  readonly choices: readonly JudgeChoice[];
  /** Judges that graded more answers than the chosen one, as sentences. */
  readonly notes: readonly string[];
}

/** Chooses the judges of record, and writes `scored_verdicts` and `judge_versions`. */
export async function chooseJudges(
  engine: Engine,
  draft: Draft,
  workspace: string,
  wishes: JudgeWishes,
): Promise<ChosenJudges> {
  const candidates = await judgeCandidates(engine, (judge) =>
    judgeKind(judge) === "model" ? journalTimes(judgeJournalPath(workspace, judge)).first : null,
  );
  const choices = await defineScoredVerdicts(engine, candidates, wishes);
  for (const table of ["scored_verdicts", "judge_versions"] as const) {
    const { n } = await engine.row<{ n: number }>(`SELECT count(*) AS n FROM temp.${table}`);
    if (n > 0)
      await writeTable(engine, table, `SELECT * FROM temp.${table}`, draft.path(table, "0000.parquet"));
  }
  return { choices, notes: choices.flatMap((choice) => coverageNotes(choice, candidates)) };
}

function coverageNotes(choice: JudgeChoice, candidates: readonly JudgeCandidate[]): string[] {
  const own = candidates.filter(
    ({ benchmark, pool }) => benchmark === choice.benchmark && pool === choice.pool,
  );
  const answersOf = (judge: string) => own.find((one) => one.judge === judge)?.nAnswers ?? 0;
  const chosen = answersOf(choice.judge);
  const where = `${choice.benchmark}, pool ${choice.pool}`;
  if (chosen === 0) return [`the judge of record for ${where}, ${choice.judge}, has no verdicts yet`];
  if (choice.because !== "first") return [];
  const [other] = own
    .filter(({ judge, nAnswers }) => judgeKind(judge) === "model" && nAnswers > chosen)
    .sort((a, b) => b.nAnswers - a.nAnswers);
  if (other === undefined) return [];
  return [
    `the judge of record for ${where}, ${choice.judge}, graded ${chosen} answers; ${other.judge} graded ${other.nAnswers}. To use it: medbench judges pin ${other.judge}`,
  ];
}

/** What a reader of the scores must know about their judges: another judge than in the last run, and stubs. */
export function judgeNotes(before: readonly JudgeChoice[], now: readonly JudgeChoice[]): string[] {
  const changes = new Map<string, string[]>();
  for (const { benchmark, pool, judge, because } of now) {
    const last = before.find((one) => one.benchmark === benchmark && one.pool === pool);
    if (last === undefined || last.judge === judge) continue;
    const change = `the judge of record is now ${judge} (${reasons[because]}) instead of ${last.judge}`;
    changes.set(change, [...(changes.get(change) ?? []), `${benchmark}, pool ${pool}`]);
  }
  const stubs = [...new Set(now.filter(({ kind }) => kind === "stub").map(({ judge }) => judge))];
  return [
    ...[...changes].map(
      ([change, places]) => `${change}, for ${places.join("; ")}: all judged scores change`,
    ),
    ...stubs.map(
      (judge) =>
        `the judge of record, ${judge}, is a stub: its grades mean nothing, and every page of the report says so. Choose another with medbench judges pin NAME, or ask a model with medbench judge`,
    ),
  ];
}

const reasons = {
  flag: "named with --judge",
  pin: "pinned in the settings of the workspace",
  cycle: "named by the cycle",
  first: "the first that is neither a stub nor a replay",
} as const satisfies Record<JudgeChoice["because"], string>;
