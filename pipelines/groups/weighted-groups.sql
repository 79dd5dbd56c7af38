-- reads: weighted_rows
-- writes: repetition_units
--
-- The same as component-groups for weighted rows: each row counts `scale / m` times, so that every prompt has the weight `scale`.
INSERT INTO repetition_units BY NAME
SELECT $run_no AS run_no, mix, group_no AS unit, component, attempt, count(*) AS n, sum(score_1e9)::BIGINT AS total,
       count(*) FILTER (by_policy) AS n_policy, sum($scale // m)::BIGINT AS weight,
       sum(score_1e9::HUGEINT * ($scale // m))::BIGINT AS weighted,
       coalesce(sum($scale // m) FILTER (by_policy), 0)::BIGINT AS policy_weight,
       sum(tp * ($scale // m))::BIGINT AS tp, sum(fp * ($scale // m))::BIGINT AS fp, sum(fn * ($scale // m))::BIGINT AS fn, 1 AS k
FROM weighted_rows
GROUP BY mix, group_no, component, attempt
