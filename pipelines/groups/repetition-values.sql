-- reads: mix_kinds, repetition_units
-- writes: repetition_values
--
-- The values of an attempt that enter a mean. `kinds` states how a component pools (src/lib/scorers/pooling.ts): `all_right` (every
-- variant of an attempt must be right), `mean`, `parts_right`, `micro_f1`. Where all must be right, a response scores
-- 0 or 1, so the total shows whether all were. `best_1e9` is the sum if every response that policy decided had been right.
-- Where every prompt was asked equally often, a response has the weight 1 and needs no columns for it.
CREATE OR REPLACE TEMP VIEW repetition_values AS
SELECT g.run_no, g.mix, m.dataset, m.n_items, g.unit, g.component, m.stratum, m.weight, m.alone, g.k, g.n, g.n_policy, g.total,
       {{weight}} AS row_weight,
       CASE m.kind
         WHEN 'all_right' THEN (g.total = g.n * 1000000000)::BIGINT * 1000000000 * ({{weight}} // g.n)
         WHEN 'parts_right' THEN g.tp * 1000000000
         WHEN 'micro_f1' THEN 2 * g.tp * 1000000000
         ELSE {{weighted}} END AS num,
       CASE m.kind
         WHEN 'all_right' THEN {{weight}} // g.n
         WHEN 'parts_right' THEN g.tp + g.fn
         WHEN 'micro_f1' THEN 2 * g.tp + g.fp + g.fn
         ELSE {{weight}} END AS den,
       CASE WHEN m.kind = 'all_right' THEN (g.total = g.n * 1000000000)::BIGINT * 1000000000 * {{weight}} ELSE {{weighted}} END AS sum_1e9,
       CASE WHEN m.kind = 'all_right' THEN (g.total = (g.n - g.n_policy) * 1000000000)::BIGINT * 1000000000 * {{weight}}
            ELSE {{weighted}} + {{policy_weight}} * 1000000000 END AS best_1e9
FROM repetition_units AS g
JOIN mix_kinds AS m USING (mix, component)
