-- reads: judgments, scored_verdicts
-- writes: judge_versions
--
-- All versions of all judges with their verdicts, and whether the scores use them.
CREATE OR REPLACE TEMP TABLE judge_versions AS
WITH used AS (
  SELECT DISTINCT benchmark, pool, judge, rubric_version, prompt_hash FROM scored_verdicts
)
SELECT j.benchmark, j.pool, j.judge, judge_kind(j.judge) AS judge_kind, j.rubric_version,
       coalesce(j.prompt_hash, '') AS prompt_hash, bool_or(u.judge IS NOT NULL) AS of_record, count(*) AS n_verdicts,
       count(*) FILTER (j.status = 'failed') AS n_failed, count(*) FILTER (j.status = 'cannot_rate') AS n_cannot_rate,
       count(DISTINCT (j.run_id, j.dataset, j.item_id, j.variant, j.condition, j.repeat)) AS n_answers,
       count(DISTINCT j.run_id) AS n_runs
FROM judgments AS j
LEFT JOIN used AS u ON (u.benchmark, u.pool, u.judge, u.rubric_version, u.prompt_hash)
  = (j.benchmark, j.pool, j.judge, j.rubric_version, coalesce(j.prompt_hash, ''))
GROUP BY j.benchmark, j.pool, j.judge, j.rubric_version, coalesce(j.prompt_hash, '')
ORDER BY ALL;
