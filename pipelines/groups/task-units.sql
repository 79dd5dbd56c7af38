-- reads: component_units
-- writes: composed_units, group_cells, task_units
--
-- Tasks of several components on the same items enter through linearized group values, whose mean is the task and whose
-- spread between groups is its uncertainty (delta method): y = sum of w (r + (num - r den) G / D).
CREATE OR REPLACE TEMP TABLE composed_units AS
WITH cells AS (
  SELECT run_no, dataset, component, stratum, any_value(weight) AS weight,
         sum(num::HUGEINT * k) / nullif(sum(den * k), 0) AS ratio, sum(den * k) AS den, sum(k) AS n_groups
  FROM component_units WHERE NOT alone
  GROUP BY run_no, dataset, component, stratum
),
strata AS (
  SELECT run_no, dataset, stratum, sum(weight) AS weight, max(n_groups) AS n_groups
  FROM cells WHERE den > 0 GROUP BY run_no, dataset, stratum
)
SELECT run_no, mix, unit, stratum, any_value(dataset) AS dataset, any_value(u.n_items) AS n_items, any_value(u.k) AS k,
       sum(round(u.weight / s.weight * (c.ratio + (u.num - c.ratio * u.den) * s.n_groups / c.den))::BIGINT)::BIGINT AS num,
       1::BIGINT AS den,
       (sum((u.weight * u.mean_1e9)::BIGINT) // sum(u.weight))::BIGINT AS mean_1e9,
       (sum((u.weight * u.best_1e9)::BIGINT) // sum(u.weight))::BIGINT AS best_1e9,
       max(u.n) AS n, max(u.n_policy) AS n_policy
FROM component_units AS u
JOIN cells AS c USING (run_no, dataset, component, stratum)
JOIN strata AS s USING (run_no, dataset, stratum)
WHERE NOT u.alone AND c.den > 0
GROUP BY run_no, mix, unit, stratum;

-- The value with which `k` groups of a dataset enter the task; a task with one component remains an exact ratio.
CREATE OR REPLACE TEMP VIEW task_units AS
SELECT run_no, dataset, mix, n_items, stratum, unit, k, num, den, mean_1e9, best_1e9, n, n_policy FROM component_units WHERE alone
UNION ALL
SELECT run_no, dataset, mix, n_items, stratum, unit, k, num, den, mean_1e9, best_1e9, n, n_policy FROM composed_units;

-- Moments of the groups by dataset, stratum, mix of specialties and size (den): everything that means, errors and bounds need, for
-- tasks (num over den) and for specialties (the plain value, weighted by the items of a group). All later steps use these few rows.
CREATE OR REPLACE TEMP TABLE group_cells AS
SELECT run_no, mix, stratum, den, any_value(dataset) AS dataset, any_value(n_items) AS n_items, sum(k)::BIGINT AS n_clusters,
       sum(num::HUGEINT * k) AS sum_s, sum(num::HUGEINT * num * k) AS sum_ss,
       sum(n * k)::BIGINT AS n, sum(n_policy * k)::BIGINT AS n_policy,
       sum(mean_1e9::HUGEINT * k) AS sum_mean, sum(best_1e9::HUGEINT * k) AS sum_best,
       sum(mean_1e9::HUGEINT * mean_1e9 * k) AS sum_squared_mean
FROM task_units
GROUP BY run_no, mix, stratum, den
