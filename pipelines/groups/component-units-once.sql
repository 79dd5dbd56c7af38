-- reads: repetition_values
-- writes: component_units
--
-- The same as component-units if every prompt was asked once, so that there is nothing to add up.
CREATE OR REPLACE TEMP TABLE component_units AS
SELECT run_no, mix, unit, component, dataset, n_items, stratum, weight, alone, k, num, den,
       sum_1e9 // n AS mean_1e9, best_1e9 // n AS best_1e9, n, n_policy, total
FROM repetition_values
