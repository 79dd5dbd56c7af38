import { type Rubric, rubricCriteria } from "../../../src/lib/catalogue/rubric.js";
import { replayName } from "../../../src/lib/records/judge-kind.js";
import type { ResponseKey } from "../../../src/lib/records/tables.js";
import { unknownName } from "../../../src/lib/util/known-names.js";
import { ModelCallError } from "../../asking/call-error.js";
import type { PlannedJudgment } from "../../judging/plan.js";
import type { Judge } from "../../judging/types.js";
import { cannotRate } from "../../judging/verdict-schema.js";
import type { Engine } from "../../warehouse/engine.js";

interface RecordedRow extends ResponseKey {
  readonly judge_repeat: number;
  readonly criterion: string;
  readonly value: number | null;
  readonly status: "ok" | "cannot_rate" | "failed";
  readonly rationale: string | null;
  readonly [column: string]: unknown;
}

export interface ReplayJudge {
  readonly judge: Judge;
  /** Must be called with each planned judgment before its request is asked. */
  readonly prepare: (planned: PlannedJudgment) => void;
}

/**
 * A judge that returns recorded verdicts: no network, no cost, the same replies every time, through the same parser,
 * journal and tables as a live judge. Recorded failures come back as replies that cannot be read.
 *
 * @param recorded name of the judge whose verdicts were ingested
 * @throws InputError if no verdict of it was
 */
export async function replayJudge(engine: Engine, recorded: string): Promise<ReplayJudge> {
  const verdicts = new Map<string, Map<string, RecordedRow>>();
  for (const row of await engine.rows<RecordedRow>(
    `SELECT run_id, benchmark, dataset, pool, item_id, variant, condition, "repeat", judge_repeat, criterion, value, status, rationale
     FROM judgments WHERE judge = $recorded`,
    { recorded },
  )) {
    const id = recordId(row, row.judge_repeat);
    const known = verdicts.get(id) ?? new Map<string, RecordedRow>();
    verdicts.set(id, known.set(row.criterion, row));
  }
  if (verdicts.size === 0) {
    const judges = await engine.table("judgments", ["judge"], { distinct: true, orderBy: ["judge"] });
    const known = judges.map(({ judge }) => judge);
    const remedy =
      known.length === 0 ? "Ingest the verdicts of a judge with a mapping file." : "Give --model.";
    const context = { where: "judge --client replay", what: "judge", plural: "recorded judges", remedy };
    throw unknownName(recorded, known, context);
  }
  const texts = new Map<string, string>();
  return {
    prepare: ({ key, request }) => {
      const rows = verdicts.get(recordId(key, request.repeat));
      const text = rows && replyText(request.rubric, request.material.keyPoints.length, rows);
      if (text) texts.set(request.requestHash, text);
    },
    judge: {
      name: replayName(recorded),
      ask: async ({ requestHash }) => {
        const text = texts.get(requestHash);
        if (text === undefined) {
          throw new ModelCallError(`judge: no verdict of ${recorded} is recorded for this answer`, {
            scope: "item",
            mayBePaid: false,
          });
        }
        return { text, promptTokens: 0, completionTokens: 0 };
      },
    },
  };
}

/** A reply made of the recorded values; null if nothing is recorded on the rubric's criteria. */
function replyText(rubric: Rubric, nPoints: number, rows: ReadonlyMap<string, RecordedRow>): string | null {
  const aliases = new Map(
    rubric.kind === "scale" ? rubric.criteria.map(({ id, aliases }) => [id, [id, ...aliases]]) : [],
  );
  const entries = rubricCriteria(rubric, nPoints).flatMap(({ criterion }) => {
    const row = (aliases.get(criterion) ?? [criterion]).map((name) => rows.get(name)).find(Boolean);
    if (row === undefined) return [];
    const verdict = row.status === "cannot_rate" ? cannotRate : row.status === "ok" ? row.value : "failed";
    return [[criterion, { reason: row.rationale ?? "", verdict }]];
  });
  return entries.length === 0 ? null : JSON.stringify(Object.fromEntries(entries));
}

function recordId(key: ResponseKey, judgeRepeat: number): string {
  const { run_id, benchmark, dataset, pool, item_id, variant, condition, repeat } = key;
  return JSON.stringify([run_id, benchmark, dataset, pool, item_id, variant, condition, repeat, judgeRepeat]);
}
