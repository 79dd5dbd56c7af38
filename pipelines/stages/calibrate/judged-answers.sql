-- reads: items, items_private, judgments, ratings, rubric_criteria
-- writes: judged_answers
--
-- One row per answer: the mean of the rubric's graded criteria as the scorer computes it (value divided by the scale's maximum,
-- in units of 10^-9, so that sums do not depend on their order), and people's mean where rated. Lists of criteria are compared by number and
-- hash: lists do not spill to disk, and millions of verdicts are grouped here.
CREATE OR REPLACE TEMP TABLE judged_answers AS
WITH wanted AS (
  SELECT benchmark, dataset, judge, rubric_version, count(DISTINCT criterion) AS n_wanted FROM rubric_criteria GROUP BY ALL
),
points AS (
  SELECT benchmark, dataset, pool, item_id, variant, 'criterion' AS kind, json_array_length(key_points) AS n_points
  FROM items_private WHERE key_points IS NOT NULL
),
verdicts AS (
  SELECT j.benchmark, j.judge, j.rubric_version, coalesce(j.prompt_hash, '') AS prompt_hash, j.run_id, j.dataset, j.pool, j.item_id, j.variant,
         j.condition, j.repeat, sum(round(j.value / j.scale_max * 1e9)::BIGINT) // count(j.value) AS score_1e9,
         count(j.value) AS n_criteria, bit_xor(hash(j.criterion)) FILTER (j.status = 'ok') AS criteria
  FROM (
    SELECT *, verdict_kind(criterion) AS kind FROM judgments
    WHERE judge_repeat = 1 AND verdict_kind(criterion) <> 'key_point' AND scale_max > 0
  ) AS j
  LEFT JOIN wanted AS w USING (benchmark, dataset, judge, rubric_version)
  LEFT JOIN rubric_criteria AS r
    ON (r.benchmark, r.dataset, r.judge, r.rubric_version, r.name) = (j.benchmark, j.dataset, j.judge, j.rubric_version, j.criterion)
  LEFT JOIN points AS p
    ON (p.benchmark, p.dataset, p.pool, p.item_id, p.variant, p.kind) = (j.benchmark, j.dataset, j.pool, j.item_id, j.variant, j.kind)
  WHERE j.kind <> 'scale' OR w.n_wanted IS NULL OR r.criterion IS NOT NULL
  GROUP BY ALL
  -- Only answers with a complete verdict, as in the scores: all of the rubric's criteria graded, or a verdict on each of the item's.
  HAVING count(j.value) > 0
    AND count(j.value) FILTER (j.kind = 'scale') >= coalesce(max(w.n_wanted) FILTER (j.kind = 'scale'), count(*) FILTER (j.kind = 'scale'))
    AND count(*) FILTER (j.kind = 'criterion' AND j.status <> 'failed')
        >= coalesce(max(p.n_points), count(*) FILTER (j.kind = 'criterion'))
),
by_rater AS (
  SELECT run_id, benchmark, dataset, pool, item_id, variant, condition, repeat, rater,
         avg(value / scale_max) AS human, count(*) AS n_criteria, bit_xor(hash(criterion)) AS criteria,
         any_value(inclusion_probability) AS inclusion
  FROM ratings
  WHERE value IS NOT NULL AND verdict_kind(criterion) <> 'key_point' AND scale_max > 0
  GROUP BY ALL
),
-- Joined only where both graded the same criteria: if a rater skipped one, a mean of four would be compared with a mean of five.
people AS (
  SELECT run_id, benchmark, dataset, pool, item_id, variant, condition, repeat, n_criteria, criteria,
         avg(human) AS human, any_value(inclusion) AS inclusion, list({rater: rater, human: human} ORDER BY rater) AS raters
  FROM by_rater
  GROUP BY ALL
)
SELECT v.benchmark, v.judge, v.rubric_version, v.prompt_hash, v.run_id, v.pool, coalesce(i.dimension, '') AS dimension,
       coalesce(i.specialty_primary, '') AS specialty, {{cluster}} AS cluster, v.score_1e9, p.human, p.inclusion,
       -- What tells rated answers apart.
       p.raters, CASE WHEN p.human IS NOT NULL THEN {dataset: v.dataset, item_id: v.item_id, variant: v.variant, condition: v.condition,
                                                     repeat: v.repeat, group_id: coalesce(i.group_id, v.item_id)} END AS answer
FROM verdicts AS v
LEFT JOIN people AS p USING (benchmark, run_id, dataset, pool, item_id, variant, condition, repeat, n_criteria, criteria)
LEFT JOIN items AS i ON (i.benchmark, i.dataset, i.pool, i.item_id, i.variant) = (v.benchmark, v.dataset, v.pool, v.item_id, v.variant)
