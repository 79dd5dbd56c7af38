-- Moments of each specialty over all datasets. Groups without a score are counted: they widen the bounds and, while they
-- wait for gold or a judge, keep the estimate back.
WITH scored AS (
  SELECT mix, sum(n_clusters) AS n_clusters, sum(plain_s) AS plain_s, sum(plain_n) AS plain_n, sum(plain_ss) AS plain_ss,
         sum(plain_sn) AS plain_sn, sum(plain_nn) AS plain_nn, sum(plain_between) AS plain_between, sum(plain_best) AS plain_best,
         sum(n - n_policy) AS n_answered
  FROM group_cells GROUP BY mix
)
SELECT s.level, s.specialty,
       sum(p.n_groups)::BIGINT AS n_groups, sum(p.n_items)::BIGINT AS n_items, sum(p.n_variants * $repeats)::BIGINT AS n_expected,
       coalesce(sum(c.n_answered), 0)::BIGINT AS n_scored,
       coalesce(sum(c.n_clusters), 0)::BIGINT AS n_clusters,
       sum(c.plain_s) AS sum_s, sum(c.plain_n) AS sum_n, sum(c.plain_ss) AS sum_ss, sum(c.plain_sn) AS sum_sn, sum(c.plain_nn) AS sum_nn,
       coalesce(sum(c.plain_between), 0)::BIGINT AS n_between,
       sum(coalesce(c.plain_best, 0) + (p.n_items - coalesce(c.plain_n, 0)) * 1000000000) AS sum_best,
       count(*) FILTER (coalesce(c.n_clusters, 0) < p.n_groups AND p.dataset IN (SELECT dataset FROM pending)) AS n_pending
FROM place_mixes AS p
JOIN mix_specialties AS s USING (mix)
LEFT JOIN scored AS c USING (mix)
WHERE p.n_items > 0
GROUP BY s.level, s.specialty
ORDER BY s.level, s.specialty
