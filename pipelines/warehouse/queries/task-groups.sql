-- One row per group of a dataset with the value that enters the task. A task of one component keeps (num, den) and stays
-- an exact ratio; a task of several on the same items enters through its linearised values, whose mean is the task and
-- whose spread between groups is its uncertainty (delta method): y = sum of w (r + (num - r den) G / D).
CREATE OR REPLACE TEMP TABLE task_groups AS
WITH cells AS (
  SELECT dataset, component, stratum, any_value(weight) AS weight, sum(num) / nullif(sum(den), 0) AS ratio,
         sum(den) AS den, count(*) AS n_groups
  FROM component_groups GROUP BY dataset, component, stratum
),
strata AS (
  SELECT dataset, stratum, sum(weight) AS weight, count(*) AS n_components, max(n_groups) AS n_groups
  FROM cells WHERE den > 0 GROUP BY dataset, stratum
)
SELECT g.dataset, g.stratum, g.group_id,
       CASE WHEN any_value(s.n_components) = 1 THEN sum(g.num)
            ELSE sum(round(g.weight / s.weight * (c.ratio + (g.num - c.ratio * g.den) * s.n_groups / c.den))::BIGINT) END::BIGINT AS num,
       CASE WHEN any_value(s.n_components) = 1 THEN sum(g.den) ELSE 1 END::BIGINT AS den,
       (sum(g.weight * g.mean_1e9) / sum(g.weight))::BIGINT AS mean_1e9,
       (sum(g.weight * g.best_1e9) / sum(g.weight))::BIGINT AS best_1e9,
       max(g.n) AS n, max(g.n_policy) AS n_policy
FROM component_groups AS g
JOIN cells AS c ON (c.dataset, c.component) = (g.dataset, g.component)
JOIN strata AS s ON (s.dataset, s.stratum) = (g.dataset, g.stratum)
WHERE c.den > 0
GROUP BY g.dataset, g.stratum, g.group_id;
