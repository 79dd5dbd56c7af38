-- Moments of the groups of each task and stratum: what a mean, its cluster-robust error and its bounds need.
SELECT g.dataset, g.stratum, count(*) AS n_clusters,
       sum(num::HUGEINT) AS sum_s, sum(den::HUGEINT) AS sum_n,
       sum(num::HUGEINT * num) AS sum_ss, sum(num::HUGEINT * den) AS sum_sn, sum(den::HUGEINT * den) AS sum_nn,
       count(*) FILTER (mean_1e9 NOT IN (0, 1000000000) OR num <> mean_1e9 * den) AS n_between,
       sum(mean_1e9::HUGEINT) AS sum_mean, sum(best_1e9::HUGEINT) AS sum_best, sum(n_policy)::BIGINT AS n_policy
FROM task_groups AS g
GROUP BY g.dataset, g.stratum
ORDER BY g.dataset, g.stratum
