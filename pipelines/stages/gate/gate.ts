import { defaultThresholds } from "../../../src/lib/calibration/validity-map.js";
import type { Catalogue } from "../../../src/lib/catalogue/schema.js";
import { type GatePolicy, gatePolicies } from "../../../src/lib/publication/gate.js";
import type { Row } from "../../../src/lib/records/tables.js";
import { groupBy } from "../../../src/lib/util/group-by.js";
import { placeKey, type RunLabel } from "../../groups/run-row.js";
import { versionsOf } from "../../groups/task-groups.js";
import { cataloguesOf } from "../../warehouse/catalogue.js";
import type { Engine } from "../../warehouse/engine.js";
import { recordOf } from "../../warehouse/stage-record.js";
import { writeRows } from "../../warehouse/write-rows.js";
import { runStage, type StageOutcome, type StageTools } from "../stage.js";
import { judgeEvidence } from "./evidence.js";
import { gateOf } from "./gate-rows.js";
import { type ItemMix, relianceOf } from "./reliance.js";

export interface GateOptions {
  readonly workspace: string;
  readonly force?: boolean;
  readonly policy?: GatePolicy;
}

/** Decides for every figure that a release may contain whether it can be published; the release follows the decision. */
export function runGate({
  workspace,
  force = false,
  policy = gatePolicies.withhold,
}: GateOptions): Promise<StageOutcome> {
  return runStage(
    workspace,
    {
      name: "gate",
      reads: [
        ...([
          "catalogue",
          "items",
          "runs",
          "scored_verdicts",
          "validity",
          "drift",
          "corrected_scores",
        ] as const),
        ...(["task_scores", "dimension_scores", "overall_scores", "specialty_scores"] as const),
      ],
      writes: ["gates"],
      parameters: { ...policy },
      work: (tools) => gate(tools, policy),
    },
    { force },
  );
}

async function gate({ engine, draft, base }: StageTools, policy: GatePolicy) {
  const scored = recordOf(base, "score");
  const evidence = await judgeEvidence(engine);
  const mixes = await itemMixes(engine);
  const figures = groupBy(await figuresOf(engine), ({ run_id }) => run_id);
  const selected = await selectedRuns(engine);
  const asOf = (scored?.parameters["asOf"] as string | null | undefined) ?? null;
  const gatesOfRun = (run: RunRow, catalogue: Catalogue) => {
    const reliance = relianceOf({
      run,
      catalogue,
      versions: versionsOf(catalogue, run.track, asOf),
      mixes: mixes.get(placeKey(run)) ?? [],
      evidence,
      policy,
      minimumGroups: defaultThresholds.minimumGroups,
    });
    const hasDrifted = evidence.hasDrifted(run.run_id, run.pool);
    const { family: _family, ...label } = run;
    const isSelected = selected.has(run.run_id);
    return (figures.get(run.run_id) ?? []).map(({ scope, name, corrected }) => ({
      ...{ ...label, scope, name },
      ...gateOf(reliance.get(`${scope}/${name}`), { isCorrected: corrected, isSelected, hasDrifted }, policy),
    }));
  };
  const runs = await engine.rows<RunRow>(
    `SELECT run_id, system, benchmark, pool, board, track, coalesce(family, system) AS family
     FROM runs ORDER BY benchmark, track, pool, run_id`,
  );
  const { catalogues } = await cataloguesOf(
    base,
    runs.map(({ benchmark }) => benchmark),
  );
  const rows = runs.flatMap((run) => {
    const catalogue = catalogues.get(run.benchmark);
    return catalogue === undefined ? [] : gatesOfRun(run, catalogue);
  });
  await writeRows(engine, "gates", rows, draft.path("gates", "0000.parquet"));
  const count = (decision: string) => rows.filter((row) => row.decision === decision).length;
  return {
    figures: rows.length,
    no_judge_involved: count("no_judge_involved"),
    publish: count("publish"),
    publish_corrected: count("publish_corrected"),
    publish_with_warning: count("publish_with_warning"),
    withhold: count("withhold"),
  };
}

/** Runs whose ratings by the judge of record are not a random sample of its grades. */
async function selectedRuns(engine: Engine): Promise<ReadonlySet<string>> {
  const rows = await engine.rows<Row<"corrected_scores", "run_id">>(
    `SELECT DISTINCT run_id FROM corrected_scores
     SEMI JOIN scored_verdicts USING (run_id, judge, rubric_version, prompt_hash) WHERE reason = 'selected-ratings'`,
  );
  return new Set(rows.map(({ run_id }) => run_id));
}

/** A run whose family is its system where the family is not known. */
type RunRow = RunLabel & { readonly family: string };

/** Items that count, by benchmark, pool and track. */
async function itemMixes(engine: Engine): Promise<ReadonlyMap<string, readonly ItemMix[]>> {
  const rows = await engine.rows<
    Row<"items", "benchmark" | "pool" | "track" | "dataset" | "part" | "language"> & {
      primary_codes: string;
      secondary_codes: string;
      n: number;
    }
  >(
    `SELECT benchmark, pool, track, dataset, part, coalesce(specialty_primary, '') AS primary_codes,
            coalesce(specialty_secondary, '') AS secondary_codes, language, count(DISTINCT item_id) AS n
     FROM items WHERE excluded IS NULL GROUP BY ALL ORDER BY ALL`,
  );
  const places = groupBy(rows, placeKey);
  return new Map(
    [...places].map(([place, own]) => [
      place,
      own.map(({ dataset, part, primary_codes, secondary_codes, language, n }) => ({
        ...{ dataset, part, language, nItems: n },
        primary: codesOf(primary_codes),
        secondary: codesOf(secondary_codes),
      })),
    ]),
  );
}

const codesOf = (codes: string) => [...new Set(codes.split("|").map((code) => code.trim()))];

/** Every figure about a run that a release contains. */
function figuresOf(engine: Engine) {
  return engine.rows<Row<"gates", "run_id" | "scope" | "name"> & { corrected: boolean }>(`
    SELECT run_id, 'task' AS scope, dataset AS name, FALSE AS corrected FROM task_scores WHERE metric = 'task'
    UNION ALL SELECT run_id, 'dimension', dimension, corrected IS NOT NULL FROM dimension_scores
    UNION ALL SELECT run_id, 'overall', '', corrected IS NOT NULL FROM overall_scores
    UNION ALL SELECT run_id, 'specialty', level || '/' || specialty, FALSE FROM specialty_scores
    -- Only the judge of record decides: a trial of another judge must not change what may be published.
    UNION ALL SELECT c.run_id, 'judged_' || scope, name, coalesce(bool_and(status = 'corrected') FILTER (o.run_id IS NOT NULL), FALSE)
    FROM corrected_scores AS c
    LEFT JOIN (SELECT DISTINCT run_id, judge, rubric_version, prompt_hash FROM scored_verdicts) AS o
      ON (o.run_id, o.judge, o.rubric_version, o.prompt_hash) = (c.run_id, c.judge, c.rubric_version, c.prompt_hash)
    GROUP BY c.run_id, scope, name
    ORDER BY ALL`);
}
