-- Moments of the groups of each specialty. Groups without a score are there too: they widen the bounds and, while they
-- wait for gold or a judge, keep the estimate back.
SELECT s.level, s.specialty,
       count(*) AS n_groups, sum(s.n_items)::BIGINT AS n_items,
       sum(s.n_variants * $repeats)::BIGINT AS n_expected,
       coalesce(sum(g.n - g.n_policy), 0)::BIGINT AS n_scored,
       count(g.num) AS n_clusters,
       sum(g.mean_1e9::HUGEINT * s.n_items) AS sum_s, sum(CASE WHEN g.num IS NOT NULL THEN s.n_items END::HUGEINT) AS sum_n,
       sum((g.mean_1e9::HUGEINT * s.n_items) * (g.mean_1e9::HUGEINT * s.n_items)) AS sum_ss,
       sum(g.mean_1e9::HUGEINT * s.n_items * s.n_items) AS sum_sn,
       sum(CASE WHEN g.num IS NOT NULL THEN s.n_items * s.n_items END::HUGEINT) AS sum_nn,
       count(*) FILTER (g.mean_1e9 NOT IN (0, 1000000000)) AS n_between,
       sum(coalesce(g.best_1e9, 1000000000)::HUGEINT * s.n_items) AS sum_best,
       count(*) FILTER (g.num IS NULL AND s.dataset IN (SELECT dataset FROM pending)) AS n_pending
FROM group_specialties AS s
LEFT JOIN task_groups AS g ON (g.dataset, g.group_id) = (s.dataset, s.group_id)
GROUP BY s.level, s.specialty
ORDER BY s.level, s.specialty
