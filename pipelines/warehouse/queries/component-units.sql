-- What enters a mean. `kinds` says how a component pools: `all_right` (every variant of a repetition must be right), `mean`,
-- `fields` (right fields over all fields), `f1` (pooled micro-F1). `mean_1e9` is the plain value of the group, `best_1e9` its
-- value if all that policy decided had been right. A group stays one observation however often it was asked.
CREATE OR REPLACE TEMP TABLE component_units AS
WITH repetition_values AS (
  SELECT p.dataset, g.mix, p.items_per_group AS n_items, g.component, g.unit, g.k, k.stratum, k.weight, k.alone,
         CASE k.kind
           WHEN 'all_right' THEN g.least
           WHEN 'fields' THEN g.tp * 1000000000
           WHEN 'f1' THEN 2 * g.tp * 1000000000
           ELSE g.total END AS num,
         CASE k.kind
           WHEN 'all_right' THEN 1
           WHEN 'fields' THEN g.tp + g.fn
           WHEN 'f1' THEN 2 * g.tp + g.fp + g.fn
           ELSE g.n END AS den,
         CASE WHEN k.kind = 'all_right' THEN g.least * g.n ELSE g.total END AS sum_1e9,
         CASE WHEN k.kind = 'all_right' THEN coalesce(g.least_answered, 1000000000) * g.n
              ELSE g.total + g.n_policy * 1000000000 END AS best_1e9,
         g.n, g.n_policy, g.total
  FROM repetition_units AS g
  JOIN place_mixes AS p USING (mix)
  JOIN kinds AS k ON k.dataset = p.dataset AND k.component = g.component
)
SELECT dataset, mix, n_items, component, unit, k, stratum, weight, alone,
       sum(num)::BIGINT AS num, sum(den)::BIGINT AS den,
       (sum(sum_1e9) // sum(n))::BIGINT AS mean_1e9, (sum(best_1e9) // sum(n))::BIGINT AS best_1e9,
       sum(n)::BIGINT AS n, sum(n_policy)::BIGINT AS n_policy, sum(total)::BIGINT AS total
FROM repetition_values
GROUP BY dataset, mix, n_items, component, unit, k, stratum, weight, alone
