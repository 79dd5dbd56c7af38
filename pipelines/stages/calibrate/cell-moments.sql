-- reads: judged_answers, rated_clusters, runs
-- writes: nothing
--
-- Every cell of a run (overall, dimension, specialty) with the moments of its clusters without a rating, and how many clusters are neither all 0 nor all 1. An answer that
-- belongs to two specialties counts in both.
WITH own AS (
  SELECT * FROM judged_answers WHERE run_id = $run_id
),
placed AS (
  SELECT benchmark, judge, rubric_version, prompt_hash, run_id, pool, cluster, score_1e9, 'overall' AS scope, '' AS name FROM own
  UNION ALL
  SELECT benchmark, judge, rubric_version, prompt_hash, run_id, pool, cluster, score_1e9, 'dimension', dimension FROM own
  UNION ALL
  SELECT benchmark, judge, rubric_version, prompt_hash, run_id, pool, cluster, score_1e9, 'specialty', unnest(string_split(specialty, '|'))
  FROM own
),
clusters AS (
  SELECT benchmark, judge, rubric_version, prompt_hash, run_id, scope, name, cluster, min(pool) AS pool,
         sum(score_1e9)::BIGINT AS s, count(*) AS n
  FROM placed
  GROUP BY benchmark, judge, rubric_version, prompt_hash, run_id, scope, name, cluster
),
marked AS (
  SELECT c.*, r.cluster IS NULL AS far
  FROM clusters AS c
  LEFT JOIN rated_clusters AS r USING (benchmark, judge, rubric_version, prompt_hash, run_id, cluster)
)
SELECT benchmark, judge, rubric_version, prompt_hash, m.run_id, coalesce(any_value(r.system), m.run_id) AS system,
       coalesce(any_value(r.track), '') AS track, coalesce(any_value(r.board), 'upload') AS board, min(m.pool) AS pool, scope, name,
       count(*) FILTER (far) AS "nClusters", (sum(s) FILTER (far)) / 1e9 AS "sumS", sum(n) FILTER (far) AS "sumN",
       (sum(s::HUGEINT * s) FILTER (far)) / 1e18 AS "sumSS", (sum(s::HUGEINT * n) FILTER (far)) / 1e9 AS "sumSN",
       sum(n * n) FILTER (far) AS "sumNN", count(*) FILTER (s NOT IN (0, n * 1000000000)) AS n_between
FROM marked AS m
LEFT JOIN (SELECT run_id, system, track, board FROM runs) AS r ON r.run_id = m.run_id
GROUP BY benchmark, judge, rubric_version, prompt_hash, m.run_id, scope, name
ORDER BY ALL
