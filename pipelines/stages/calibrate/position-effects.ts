import { message, messageColumns } from "../../../src/lib/messages/message.js";
import { clusteredSlope } from "../../../src/lib/stats/clustered-slope.js";
import { groupBy } from "../../../src/lib/util/group-by.js";
import type { Engine } from "../../warehouse/engine.js";
import type { BiasRow } from "./bias-effects.js";
import { clusterId, type JudgeVersion, responseId } from "./rated-units.js";

interface PlacedVerdict extends JudgeVersion {
  readonly [column: string]: unknown;
  readonly criterion: string;
  readonly cluster: string;
  /** Place and verdict, each minus its mean over the repetitions of the same point of the same answer. */
  readonly x: number;
  readonly y: number;
}

/**
 * Position effect from repetitions that showed the same point of the same answer at several places (`--shuffle-points`): the
 * change of the verdict per place. The point and the answer are the same on both sides, so no rating is needed.
 */
export async function positionEffects(engine: Engine, confidence: number): Promise<BiasRow[]> {
  const rows = await engine.rows<PlacedVerdict>(`
    SELECT j.benchmark, j.judge, j.rubric_version, coalesce(j.prompt_hash, '') AS prompt_hash,
           regexp_replace(j.criterion, '/[0-9]+$', '') AS criterion, ${clusterId("j", "i.group_id")} AS cluster,
           j.prompt_place - avg(j.prompt_place) OVER same AS x, j.value - avg(j.value) OVER same AS y
    FROM judgments AS j
    LEFT JOIN items AS i ON (i.benchmark, i.dataset, i.pool, i.item_id, i.variant) = (j.benchmark, j.dataset, j.pool, j.item_id, j.variant)
    WHERE j.status = 'ok' AND j.prompt_place IS NOT NULL AND regexp_matches(j.criterion, '/[0-9]+$')
    WINDOW same AS (PARTITION BY ${responseId("j")}, j.judge, j.rubric_version, j.prompt_hash, j.criterion)
    QUALIFY min(j.prompt_place) OVER same < max(j.prompt_place) OVER same
    ORDER BY ALL`);
  const key = ({ benchmark, judge, rubric_version, prompt_hash, criterion }: PlacedVerdict) =>
    [benchmark, judge, rubric_version, prompt_hash, criterion].join("\u001f");
  return [...groupBy(rows, key).values()].map((own) => {
    const { benchmark, judge, rubric_version, prompt_hash, criterion } = own[0] as PlacedVerdict;
    const { estimate, lower, upper, n, nClusters, reason } = clusteredSlope(own, { confidence });
    return {
      ...{ benchmark, judge, rubric_version, prompt_hash, criterion, effect: "position" as const },
      ...messageColumns("subject", message("shuffled-place")),
      ...{ estimate, lower, upper, p_value: null },
      holds: lower === null || upper === null ? null : lower > 0 || upper < 0,
      ...{ n_answers: n, n_groups: nClusters, ...messageColumns("reason", reason) },
    };
  });
}
