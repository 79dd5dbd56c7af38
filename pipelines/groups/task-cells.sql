-- reads: batch_runs, group_cells
-- writes: nothing
--
-- Moments of each task and stratum. A group without anything to count (no label expected or given) has no size and no moments.
WITH sized AS (
  SELECT run_no, dataset, stratum, den, sum(n_clusters)::BIGINT AS n_clusters, sum(sum_s) AS sum_s, sum(sum_ss) AS sum_ss,
         sum(sum_mean) AS sum_mean, sum(sum_best) AS sum_best
  FROM group_cells
  GROUP BY run_no, dataset, stratum, den
)
SELECT run_no, any_value(scale) AS scale, dataset, stratum,
       list({'size': den, 'n_clusters': n_clusters, 'sum_s': sum_s, 'sum_ss': sum_ss} ORDER BY den) FILTER (den > 0) AS by_size,
       sum(n_clusters)::BIGINT AS n_groups,
       sum(sum_mean) AS sum_mean, sum(sum_best) AS sum_best
FROM sized JOIN batch_runs USING (run_no)
GROUP BY run_no, dataset, stratum
ORDER BY run_no, dataset, stratum
