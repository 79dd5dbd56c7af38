-- reads: batch_runs, group_cells
-- writes: nothing
--
-- Moments of each task and stratum.
SELECT run_no, any_value(scale) AS scale, dataset, stratum, sum(n_clusters)::BIGINT AS n_clusters, sum(sum_s) AS sum_s, sum(sum_n) AS sum_n, sum(sum_ss) AS sum_ss,
       sum(sum_sn) AS sum_sn, sum(sum_nn) AS sum_nn, coalesce(sum(n_between), 0)::BIGINT AS n_between,
       sum(sum_mean) AS sum_mean, sum(sum_best) AS sum_best, sum(n_policy)::BIGINT AS n_policy
FROM group_cells JOIN batch_runs USING (run_no)
GROUP BY run_no, dataset, stratum
ORDER BY run_no, dataset, stratum
