-- Scores of one run per group and component, the first and only touch of the rows. Groups are the independent units.
-- `kinds` says how a component pools: `all_right` (every variant of a repetition must be right), `mean`, `fields`
-- (right fields over all fields), `f1` (pooled micro-F1). All sums are of integers: any order of rows gives the same.
CREATE OR REPLACE TEMP TABLE repetition_groups AS
SELECT dataset, component, group_id, repeat,
       count(*) AS n, sum(score_1e9)::BIGINT AS total, min(score_1e9) AS least,
       sum(tp)::BIGINT AS tp, sum(fp)::BIGINT AS fp, sum(fn)::BIGINT AS fn,
       count(*) FILTER (by_policy) AS n_policy,
       min(CASE WHEN by_policy THEN 1000000000 ELSE score_1e9 END) AS least_at_best
FROM scores
WHERE run_id = $run_id AND node = '' AND condition = 'base'
GROUP BY dataset, component, group_id, repeat;

CREATE OR REPLACE TEMP TABLE component_groups AS
SELECT g.dataset, g.component, g.group_id, k.stratum, k.weight,
       sum(CASE k.kind
         WHEN 'all_right' THEN g.least
         WHEN 'fields' THEN g.tp * 1000000000
         WHEN 'f1' THEN 2 * g.tp * 1000000000
         ELSE g.total END)::BIGINT AS num,
       sum(CASE k.kind
         WHEN 'all_right' THEN 1
         WHEN 'fields' THEN g.tp + g.fn
         WHEN 'f1' THEN 2 * g.tp + g.fp + g.fn
         ELSE g.n END)::BIGINT AS den,
       (sum(CASE WHEN k.kind = 'all_right' THEN g.least * g.n ELSE g.total END) // sum(g.n))::BIGINT AS mean_1e9,
       (sum(CASE WHEN k.kind = 'all_right' THEN g.least_at_best * g.n ELSE g.total + g.n_policy * 1000000000 END) // sum(g.n))::BIGINT AS best_1e9,
       sum(g.n)::BIGINT AS n, sum(g.n_policy)::BIGINT AS n_policy
FROM repetition_groups AS g
JOIN kinds AS k USING (dataset, component)
GROUP BY g.dataset, g.component, g.group_id, k.stratum, k.weight;
