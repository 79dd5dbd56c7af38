-- Tasks of several components on the same items enter through linearised group values, whose mean is the task and whose
-- spread between groups is its uncertainty (delta method): y = sum of w (r + (num - r den) G / D).
CREATE OR REPLACE TEMP TABLE composed_units AS
WITH cells AS (
  SELECT dataset, component, stratum, any_value(weight) AS weight, sum(num::HUGEINT * k) / nullif(sum(den * k), 0) AS ratio,
         sum(den * k) AS den, sum(k) AS n_groups
  FROM component_units WHERE NOT alone GROUP BY dataset, component, stratum
),
strata AS (
  SELECT dataset, stratum, sum(weight) AS weight, max(n_groups) AS n_groups FROM cells WHERE den > 0 GROUP BY dataset, stratum
)
SELECT g.dataset, g.mix, g.n_items, g.stratum, g.unit, g.k,
       sum(round(g.weight / s.weight * (c.ratio + (g.num - c.ratio * g.den) * s.n_groups / c.den))::BIGINT)::BIGINT AS num,
       1::BIGINT AS den,
       (sum((g.weight * g.mean_1e9)::BIGINT) // sum(g.weight))::BIGINT AS mean_1e9,
       (sum((g.weight * g.best_1e9)::BIGINT) // sum(g.weight))::BIGINT AS best_1e9,
       max(g.n) AS n, max(g.n_policy) AS n_policy
FROM component_units AS g
JOIN cells AS c ON (c.dataset, c.component) = (g.dataset, g.component)
JOIN strata AS s ON (s.dataset, s.stratum) = (g.dataset, g.stratum)
WHERE NOT g.alone AND c.den > 0
GROUP BY g.dataset, g.mix, g.n_items, g.stratum, g.unit, g.k;

-- The value with which `k` groups of a dataset enter the task; a task of one component stays an exact ratio.
CREATE OR REPLACE TEMP VIEW task_units AS
SELECT dataset, mix, n_items, stratum, unit, k, num, den, mean_1e9, best_1e9, n, n_policy FROM component_units WHERE alone
UNION ALL
SELECT dataset, mix, n_items, stratum, unit, k, num, den, mean_1e9, best_1e9, n, n_policy FROM composed_units;

-- Moments of the groups by dataset, stratum and mix of specialties: all that means, errors and bounds need, for tasks (num
-- over den) and for specialties (the plain value, weighted by items). Everything after works on these few rows.
CREATE OR REPLACE TEMP TABLE group_cells AS
SELECT dataset, stratum, mix, sum(k)::BIGINT AS n_clusters,
       sum(num::HUGEINT * k) AS sum_s, sum(den * k) AS sum_n,
       sum(num::HUGEINT * num * k) AS sum_ss, sum(num::HUGEINT * den * k) AS sum_sn, sum(den * den * k) AS sum_nn,
       sum(k) FILTER (mean_1e9 NOT IN (0, 1000000000) OR num <> mean_1e9 * den) AS n_between,
       sum(mean_1e9::HUGEINT * k) AS sum_mean, sum(best_1e9::HUGEINT * k) AS sum_best,
       sum(n * k)::BIGINT AS n, sum(n_policy * k)::BIGINT AS n_policy,
       sum(k) FILTER (mean_1e9 NOT IN (0, 1000000000)) AS plain_between,
       sum(mean_1e9::HUGEINT * n_items * k) AS plain_s, sum(n_items * k) AS plain_n,
       sum((mean_1e9 * n_items)::HUGEINT * (mean_1e9 * n_items) * k) AS plain_ss,
       sum(mean_1e9::HUGEINT * n_items * n_items * k) AS plain_sn, sum(n_items * n_items * k) AS plain_nn,
       sum(best_1e9::HUGEINT * n_items * k) AS plain_best
FROM task_units
GROUP BY dataset, stratum, mix
