-- reads: judge_choices, judgments
-- writes: scored_verdicts
--
-- Which verdicts the scores use: of the judge chosen for a benchmark and pool, per run, dataset and kind of verdict the version
-- (rubric and prompt) with the most verdicts. Verdicts by another rubric or prompt are another measurement.
CREATE OR REPLACE TEMP TABLE scored_verdicts AS
WITH counted AS (
  SELECT j.run_id, j.benchmark, j.pool, j.dataset, verdict_kind(j.criterion) AS kind, j.judge, j.rubric_version,
         coalesce(j.prompt_hash, '') AS prompt_hash, count(*) AS n_verdicts,
         count(DISTINCT (j.item_id, j.variant, j.condition, j.repeat)) AS n_answers
  FROM judgments AS j
  JOIN judge_choices AS c ON (c.benchmark, c.pool, c.judge) = (j.benchmark, j.pool, j.judge)
  GROUP BY ALL
)
SELECT * FROM counted
QUALIFY row_number() OVER (PARTITION BY run_id, dataset, kind ORDER BY n_verdicts DESC, rubric_version, prompt_hash) = 1
ORDER BY run_id, dataset, kind
