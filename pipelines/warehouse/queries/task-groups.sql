-- Tasks of several components on the same items enter through linearised group values, whose mean is the task and whose
-- spread between groups is its uncertainty (delta method): y = sum of w (r + (num - r den) G / D).
CREATE OR REPLACE TEMP TABLE composed_groups AS
WITH cells AS (
  SELECT dataset, component, stratum, any_value(weight) AS weight, sum(num) / nullif(sum(den), 0) AS ratio,
         sum(den) AS den, count(*) AS n_groups
  FROM component_groups WHERE NOT alone GROUP BY dataset, component, stratum
),
strata AS (
  SELECT dataset, stratum, sum(weight) AS weight, max(n_groups) AS n_groups FROM cells WHERE den > 0 GROUP BY dataset, stratum
)
SELECT g.dataset, g.mix, g.n_items, g.stratum, g.group_no,
       sum(round(g.weight / s.weight * (c.ratio + (g.num - c.ratio * g.den) * s.n_groups / c.den))::BIGINT)::BIGINT AS num,
       1::BIGINT AS den,
       (sum((g.weight * g.mean_1e9)::BIGINT) // sum(g.weight))::BIGINT AS mean_1e9,
       (sum((g.weight * g.best_1e9)::BIGINT) // sum(g.weight))::BIGINT AS best_1e9,
       max(g.n) AS n, max(g.n_policy) AS n_policy
FROM component_groups AS g
JOIN cells AS c ON (c.dataset, c.component) = (g.dataset, g.component)
JOIN strata AS s ON (s.dataset, s.stratum) = (g.dataset, g.stratum)
WHERE NOT g.alone AND c.den > 0
GROUP BY g.dataset, g.mix, g.n_items, g.stratum, g.group_no;

-- One row per group of a dataset with the value that enters the task; a task of one component stays an exact ratio.
CREATE OR REPLACE TEMP VIEW task_groups AS
SELECT dataset, mix, n_items, stratum, group_no, num, den, mean_1e9, best_1e9, n, n_policy FROM component_groups WHERE alone
UNION ALL
SELECT dataset, mix, n_items, stratum, group_no, num, den, mean_1e9, best_1e9, n, n_policy FROM composed_groups;

-- Moments of the groups by dataset, stratum and mix of specialties: all that means, errors and bounds need, for tasks (num
-- over den) and for specialties (the plain value, weighted by items). Everything after works on these few rows.
CREATE OR REPLACE TEMP TABLE group_cells AS
SELECT dataset, stratum, mix, count(*) AS n_clusters,
       sum(num::HUGEINT) AS sum_s, sum(den) AS sum_n,
       sum(num::HUGEINT * num) AS sum_ss, sum(num::HUGEINT * den) AS sum_sn, sum(den * den) AS sum_nn,
       count(*) FILTER (mean_1e9 NOT IN (0, 1000000000) OR num <> mean_1e9 * den) AS n_between,
       sum(mean_1e9) AS sum_mean, sum(best_1e9) AS sum_best,
       sum(n)::BIGINT AS n, sum(n_policy)::BIGINT AS n_policy,
       count(*) FILTER (mean_1e9 NOT IN (0, 1000000000)) AS plain_between,
       sum(mean_1e9 * n_items) AS plain_s, sum(n_items) AS plain_n,
       sum((mean_1e9 * n_items)::HUGEINT * (mean_1e9 * n_items)) AS plain_ss,
       sum(mean_1e9 * n_items * n_items) AS plain_sn, sum(n_items * n_items) AS plain_nn,
       sum(best_1e9 * n_items) AS plain_best
FROM task_groups
GROUP BY dataset, stratum, mix
