import type { JudgeCandidate, JudgeChoice, JudgeWishes } from "../../src/lib/publication/judge-of-record.js";
import { judgesOfRecord } from "../../src/lib/publication/judge-of-record.js";
import { judgeKind } from "../../src/lib/records/judge-kind.js";
import { closestNames, unknownName } from "../../src/lib/util/known-names.js";
import type { Engine } from "../warehouse/engine.js";
import { literal } from "../warehouse/sql.js";
import { runQueries } from "../warehouse/sql-files.js";
import { defineVerdictKind } from "../warehouse/verdict-kind.js";

/** The judges that have verdicts, by benchmark and pool. */
export async function judgeCandidates(
  engine: Engine,
  firstAsked: (judge: string) => string | null,
): Promise<JudgeCandidate[]> {
  const rows = await engine.rows<Omit<JudgeCandidate, "firstAsked">>(
    `SELECT benchmark, pool, judge, count(DISTINCT (run_id, dataset, item_id, variant, condition, repeat)) AS nAnswers,
            bool_or(request_hash IS NULL) AS isIngested
     FROM judgments GROUP BY ALL ORDER BY ALL`,
  );
  return rows.map((row) => ({ ...row, firstAsked: firstAsked(row.judge) }));
}

/**
 * Decides whose verdicts the scores use, and fills the temporary tables `scored_verdicts` (per run, dataset and kind of verdict) and
 * `judge_versions` (all versions of all judges). The only place of the pipelines that chooses a judge or a version of it.
 *
 * @throws InputError if a judge was named that has no verdicts
 */
export async function defineScoredVerdicts(
  engine: Engine,
  candidates: readonly JudgeCandidate[],
  wishes: JudgeWishes,
): Promise<JudgeChoice[]> {
  requireJudges(candidates, wishes);
  const choices = judgesOfRecord(candidates, wishes);
  await engine.run(
    "CREATE OR REPLACE TEMP TABLE judge_choices (benchmark VARCHAR, pool VARCHAR, judge VARCHAR)",
  );
  if (choices.length > 0)
    await engine.run(
      `INSERT INTO judge_choices VALUES ${choices.map(({ benchmark, pool, judge }) => `(${[benchmark, pool, judge].map(literal).join(", ")})`).join(", ")}`,
    );
  await defineVerdictKind(engine);
  const kinds = [...new Set(candidates.map(({ judge }) => judge))].map(
    (judge) => `WHEN ${literal(judge)} THEN ${literal(judgeKind(judge))}`,
  );
  await engine.run(
    `CREATE OR REPLACE TEMP MACRO judge_kind(judge) AS ${kinds.length === 0 ? "'model'" : `CASE judge ${kinds.join(" ")} END`}`,
  );
  await runQueries(engine, new URL("scored-verdicts.sql", import.meta.url));
  await runQueries(engine, new URL("judge-versions.sql", import.meta.url));
  return choices;
}

/** A judge that a cycle names may be asked later; but a name that is close to a known one is a typing mistake. */
function requireJudges(candidates: readonly JudgeCandidate[], { flag, pinned, cycles }: JudgeWishes): void {
  const known = [...new Set(candidates.map(({ judge }) => judge))];
  const remedy = "`medbench judges` shows them.";
  const check = (name: string, where: string, isStrict: boolean) => {
    if (known.includes(name) || (!isStrict && closestNames(name, known).length === 0)) return;
    throw unknownName(name, known, { where, what: "judge", plural: "judges with verdicts", remedy });
  };
  if (flag !== null) check(flag, "score --judge", true);
  if (pinned !== null) check(pinned, "settings.yaml (judge)", false);
  for (const { judge } of cycles) check(judge, "cycle.yaml (judge)", false);
}

/** The choices of the last score stage, from its record; empty if it has not run or there were no verdicts. */
export function scoredJudges(
  scored: { readonly counts: Readonly<Record<string, unknown>> } | undefined,
): readonly JudgeChoice[] {
  return (scored?.counts["judges"] as readonly JudgeChoice[] | undefined) ?? [];
}
