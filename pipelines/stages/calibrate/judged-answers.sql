-- reads: items, judgments, ratings
-- writes: judged_answers
--
-- One row per answer: the mean of the rubric's graded criteria as the scorer computes it (value divided by the scale's maximum,
-- in units of 10^-9, so that sums do not depend on their order), and people's mean where rated. Lists of criteria are compared by number and
-- hash: lists do not spill to disk, and millions of verdicts are grouped here.
CREATE OR REPLACE TEMP TABLE judged_answers AS
WITH verdicts AS (
  SELECT benchmark, judge, rubric_version, coalesce(prompt_hash, '') AS prompt_hash, run_id, dataset, pool, item_id, variant,
         condition, repeat, sum(round(value / scale_max * 1e9)::BIGINT) // count(*) AS score_1e9,
         count(*) AS n_criteria, bit_xor(hash(criterion)) AS criteria
  FROM judgments
  WHERE judge_repeat = 1 AND status = 'ok' AND verdict_kind(criterion) <> 'key_point' AND scale_max > 0
  GROUP BY ALL
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
         avg(human) AS human, any_value(inclusion) AS inclusion
  FROM by_rater
  GROUP BY ALL
)
SELECT v.benchmark, v.judge, v.rubric_version, v.prompt_hash, v.run_id, v.pool, coalesce(i.dimension, '') AS dimension,
       coalesce(i.specialty_primary, '') AS specialty, {{cluster}} AS cluster, v.score_1e9, p.human, p.inclusion
FROM verdicts AS v
LEFT JOIN people AS p USING (benchmark, run_id, dataset, pool, item_id, variant, condition, repeat, n_criteria, criteria)
LEFT JOIN items AS i ON (i.benchmark, i.dataset, i.pool, i.item_id, i.variant) = (v.benchmark, v.dataset, v.pool, v.item_id, v.variant)
