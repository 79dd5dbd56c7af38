-- reads: judged_answers, rated_clusters, runs
-- writes: nothing
--
-- Every cell of a run (overall, dimension, specialty) with the moments of its clusters without a rating. An answer that
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
),
sized AS (
  SELECT benchmark, judge, rubric_version, prompt_hash, run_id, scope, name, n, min(pool) AS pool,
         count(*) FILTER (far) AS n_clusters, sum(s) FILTER (far) AS sum_s, sum(s::HUGEINT * s) FILTER (far) AS sum_ss
  FROM marked
  GROUP BY benchmark, judge, rubric_version, prompt_hash, run_id, scope, name, n
)
SELECT benchmark, judge, rubric_version, prompt_hash, m.run_id, coalesce(any_value(r.system), m.run_id) AS system,
       coalesce(any_value(r.track), '') AS track, coalesce(any_value(r.board), 'upload') AS board, min(m.pool) AS pool, scope, name,
       list({'size': n, 'n_clusters': n_clusters, 'sum_s': sum_s, 'sum_ss': sum_ss} ORDER BY n) FILTER (n_clusters > 0) AS by_size
FROM sized AS m
LEFT JOIN (SELECT run_id, system, track, board FROM runs) AS r ON r.run_id = m.run_id
GROUP BY benchmark, judge, rubric_version, prompt_hash, m.run_id, scope, name
ORDER BY ALL
