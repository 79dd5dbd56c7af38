-- reads: repetition_values
-- writes: component_units
--
-- The values that enter a mean: a group is one observation, however often it was asked. `mean_1e9` is its plain value.
CREATE OR REPLACE TEMP TABLE component_units AS
SELECT run_no, mix, unit, component, any_value(dataset) AS dataset, any_value(n_items) AS n_items, any_value(stratum) AS stratum,
       any_value(weight) AS weight, any_value(alone) AS alone, any_value(k) AS k, sum(num)::BIGINT AS num, sum(den)::BIGINT AS den,
       (sum(sum_1e9) // sum(row_weight))::BIGINT AS mean_1e9, (sum(best_1e9) // sum(row_weight))::BIGINT AS best_1e9,
       sum(n)::BIGINT AS n, sum(n_policy)::BIGINT AS n_policy, sum(total)::BIGINT AS total
FROM repetition_values
GROUP BY run_no, mix, unit, component
