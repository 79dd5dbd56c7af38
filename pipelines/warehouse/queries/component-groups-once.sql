-- Groups of a run that answered everything once.
CREATE OR REPLACE TEMP TABLE component_groups AS
SELECT dataset, mix, n_items, component, group_no, stratum, weight, alone, num, den::BIGINT AS den,
       sum_1e9 // n AS mean_1e9, best_1e9 // n AS best_1e9, n, n_policy, total
FROM repetition_values
