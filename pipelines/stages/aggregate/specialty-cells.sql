-- reads: batch_runs, group_cells, mix_specialties, pending, place_mixes, repeated_responses, unsubmitted
-- writes: nothing
--
-- Moments of each specialty over all datasets. Groups without a score are counted: they widen the bounds, and there is no
-- estimate while any of them waits for gold or a judge, or belongs to a dataset that the run never submitted.
WITH scored AS (
  SELECT run_no, mix, sum(n_clusters) AS n_clusters, sum(n_clusters * n_items) AS plain_n, sum(sum_best * n_items) AS plain_best,
         sum(n - n_policy) AS n_answered
  FROM group_cells GROUP BY run_no, mix
),
sized AS (
  SELECT run_no, level, specialty, n_items AS size, sum(n_clusters)::BIGINT AS n_clusters, sum(sum_mean * n_items) AS sum_s,
         sum(sum_squared_mean * n_items * n_items) AS sum_ss
  FROM group_cells JOIN mix_specialties USING (mix)
  WHERE n_items > 0
  GROUP BY run_no, level, specialty, n_items
),
moments AS (
  SELECT run_no, level, specialty,
         list({'size': size, 'n_clusters': n_clusters, 'sum_s': sum_s, 'sum_ss': sum_ss} ORDER BY size) AS by_size
  FROM sized GROUP BY run_no, level, specialty
)
SELECT r.run_no, s.level, s.specialty,
       sum(p.n_groups)::BIGINT AS n_groups, sum(p.n_items)::BIGINT AS n_items, sum(coalesce(e.n, p.n_variants))::BIGINT AS n_expected,
       coalesce(sum(c.n_answered), 0)::BIGINT AS n_scored,
       any_value(m.by_size) AS by_size,
       sum(coalesce(c.plain_best, 0) + (p.n_items - coalesce(c.plain_n, 0)) * 1000000000) AS sum_best,
       count(*) FILTER (coalesce(c.n_clusters, 0) < p.n_groups AND d.dataset IS NOT NULL) AS n_pending,
       coalesce(sum(p.n_items) FILTER (u.dataset IS NOT NULL), 0)::BIGINT AS n_not_submitted
FROM place_mixes AS p
JOIN mix_specialties AS s USING (mix)
CROSS JOIN batch_runs AS r
LEFT JOIN scored AS c USING (run_no, mix)
LEFT JOIN moments AS m USING (run_no, level, specialty)
LEFT JOIN repeated_responses AS e USING (run_no, mix)
LEFT JOIN pending AS d USING (run_no, dataset)
LEFT JOIN unsubmitted AS u USING (run_no, dataset)
WHERE p.n_items > 0
GROUP BY r.run_no, s.level, s.specialty
ORDER BY r.run_no, s.level, s.specialty
