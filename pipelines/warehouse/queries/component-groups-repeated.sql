-- Groups of a run with repetitions: a group stays one observation however often it was asked.
CREATE OR REPLACE TEMP TABLE component_groups AS
SELECT dataset, mix, n_items, component, group_no, stratum, weight, alone,
       sum(num)::BIGINT AS num, sum(den)::BIGINT AS den,
       (sum(sum_1e9) // sum(n))::BIGINT AS mean_1e9, (sum(best_1e9) // sum(n))::BIGINT AS best_1e9,
       sum(n)::BIGINT AS n, sum(n_policy)::BIGINT AS n_policy, sum(total)::BIGINT AS total
FROM repetition_values
GROUP BY dataset, mix, n_items, component, group_no, stratum, weight, alone
