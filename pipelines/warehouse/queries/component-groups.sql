-- Scores of one run per group, component and repetition: the first and only touch of the rows. All sums are of integers,
-- so any order of rows gives the same.
CREATE OR REPLACE TEMP TABLE repetition_groups AS
SELECT component, group_no, repeat,
       count(*) AS n, sum(score_1e9)::BIGINT AS total, min(score_1e9) AS least,
       sum(tp)::BIGINT AS tp, sum(fp)::BIGINT AS fp, sum(fn)::BIGINT AS fn,
       count(*) FILTER (by_policy) AS n_policy,
       min(score_1e9) FILTER (NOT by_policy) AS least_answered
FROM scores
WHERE run_id = $run_id AND node = '' AND condition = 'base'
GROUP BY component, group_no, repeat;

-- What enters a mean. `kinds` says how a component pools: `all_right` (every variant of a repetition must be right), `mean`,
-- `fields` (right fields over all fields), `f1` (pooled micro-F1). `mean_1e9` is the plain value of the group, `best_1e9` its
-- value if all that policy decided had been right.
CREATE OR REPLACE TEMP VIEW repetition_values AS
SELECT p.dataset, p.mix, p.n_items, g.component, g.group_no, k.stratum, k.weight, k.alone,
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
FROM repetition_groups AS g
JOIN place_groups AS p USING (group_no)
JOIN kinds AS k ON k.dataset = p.dataset AND k.component = g.component
