-- reads: mix_kinds, repetition_units
-- writes: repetition_values
--
-- The values of a repetition that enter a mean. `kinds` states how a component pools (src/lib/scorers/pooling.ts): `all_right` (every
-- variant of a repetition must be right), `mean`, `parts_right`, `micro_f1`. Where all must be right, a response scores
-- 0 or 1, so the total shows whether all were. `best_1e9` is the sum if every response that policy decided had been right.
CREATE OR REPLACE TEMP VIEW repetition_values AS
SELECT g.run_no, g.mix, m.dataset, m.n_items, g.unit, g.component, m.stratum, m.weight, m.alone, g.k, g.n, g.n_policy, g.total,
       CASE m.kind
         WHEN 'all_right' THEN (g.total = g.n * 1000000000)::BIGINT * 1000000000
         WHEN 'parts_right' THEN g.tp * 1000000000
         WHEN 'micro_f1' THEN 2 * g.tp * 1000000000
         ELSE g.total END AS num,
       CASE m.kind
         WHEN 'all_right' THEN 1
         WHEN 'parts_right' THEN g.tp + g.fn
         WHEN 'micro_f1' THEN 2 * g.tp + g.fp + g.fn
         ELSE g.n END AS den,
       CASE WHEN m.kind = 'all_right' THEN (g.total = g.n * 1000000000)::BIGINT * 1000000000 * g.n ELSE g.total END AS sum_1e9,
       CASE WHEN m.kind = 'all_right' THEN (g.total = (g.n - g.n_policy) * 1000000000)::BIGINT * 1000000000 * g.n
            ELSE g.total + g.n_policy * 1000000000 END AS best_1e9
FROM repetition_units AS g
JOIN mix_kinds AS m USING (mix, component)
