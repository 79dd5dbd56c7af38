-- Units are the groups themselves: for comparisons group by group, and where components or repetitions must meet inside one.
INSERT INTO repetition_units
SELECT $run_no, mix, group_no AS unit, component, repeat, n, total, n_policy, tp, fp, fn, 1 AS k
FROM ($groups)
