-- reads: batch_runs, mix_specialties, task_units
-- writes: nothing
--
-- What runs of a board have in common on the same groups of a specialty: for each group, the square of the summed residuals of the
-- runs less the sum of their squares is the sum over pairs of runs. Residuals are in units of 10^-6, so that sums are exact.
WITH values_of_groups AS (
  SELECT u.run_no, b.board, u.mix, u.unit, u.stratum, u.n_items, u.mean_1e9
  FROM task_units AS u JOIN batch_runs AS b USING (run_no)
),
runs AS (
  SELECT run_no, sum(mean_1e9::HUGEINT * n_items) / (1e9 * sum(n_items)) AS mean FROM values_of_groups GROUP BY run_no
),
cells AS (
  SELECT v.run_no, s.level, s.specialty, sum(v.mean_1e9::HUGEINT * v.n_items) / (1e9 * sum(v.n_items)) AS mean
  FROM values_of_groups AS v JOIN mix_specialties AS s USING (mix)
  GROUP BY v.run_no, s.level, s.specialty
),
residuals AS (
  SELECT v.board, s.level, s.specialty, v.unit, v.stratum,
         round(1e6 * (v.mean_1e9 / 1e9 - c.mean))::BIGINT AS residual, round(1e6 * r.mean * (1 - r.mean))::BIGINT AS scale
  FROM values_of_groups AS v
  JOIN mix_specialties AS s USING (mix)
  JOIN cells AS c USING (run_no, level, specialty)
  JOIN runs AS r USING (run_no)
),
groups AS (
  SELECT board, level, specialty, unit, stratum,
         sum(residual)::HUGEINT * sum(residual)::HUGEINT - sum(residual::HUGEINT * residual) AS products,
         sum(scale)::HUGEINT * sum(scale)::HUGEINT - sum(scale::HUGEINT * scale) AS scale
  FROM residuals GROUP BY ALL
)
SELECT board, level, specialty, count(*) AS n, sum(products)::DOUBLE / 1e12 AS products, sum(scale)::DOUBLE / 1e12 AS scale
FROM groups GROUP BY ALL ORDER BY ALL
