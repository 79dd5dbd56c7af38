import { type JudgeWishes, judgesOfRecord } from "../../src/lib/publication/judge-of-record.js";
import { isTrial, judgeKind } from "../../src/lib/records/judge-kind.js";
import type { Engine } from "../warehouse/engine.js";
import { literal } from "../warehouse/sql.js";
import { judgeCandidates } from "./judge-of-record.js";

export interface LeftOutJudges {
  /** Stubs and replays that are not of record: a trial, which is evidence of nothing. */
  readonly trials: readonly string[];
  /** Stubs that stay because they are of record. */
  readonly stubsOfRecord: readonly string[];
}

/**
 * Limits the view `judgments` to verdicts that say something about a judge: those of models, and those of a stub or a replay only in
 * the pools where it is the judge of record, because somebody named it or no model has been asked.
 */
export async function leaveOutTrials(engine: Engine, wishes: JudgeWishes): Promise<LeftOutJudges> {
  // When a model was first asked decides between models only, and all of those stay.
  const candidates = await judgeCandidates(engine, () => null);
  const ofRecord = judgesOfRecord(candidates, wishes);
  const ofRecordIn = (place: { readonly benchmark: string; readonly pool: string }) =>
    ofRecord.flatMap(({ benchmark, pool, judge }) =>
      benchmark === place.benchmark && pool === place.pool ? [judge] : [],
    );
  const trials = candidates.filter((one) => isTrial(one.judge, ofRecordIn(one)));
  if (trials.length > 0) {
    const places = trials.map(
      ({ benchmark, pool, judge }) => `(${[benchmark, pool, judge].map(literal).join(", ")})`,
    );
    await engine.run("ALTER VIEW judgments RENAME TO all_judgments");
    await engine.run(
      `CREATE VIEW judgments AS FROM all_judgments WHERE (benchmark, pool, judge) NOT IN (${places.join(", ")})`,
    );
  }
  const names = (rows: readonly { readonly judge: string }[]) => [...new Set(rows.map(({ judge }) => judge))];
  return {
    trials: names(trials),
    stubsOfRecord: names(
      candidates.filter((one) => judgeKind(one.judge) === "stub" && ofRecordIn(one).includes(one.judge)),
    ),
  };
}
