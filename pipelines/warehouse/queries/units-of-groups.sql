-- Units are the groups themselves: for comparisons group by group, and where components or repetitions must meet inside one.
CREATE OR REPLACE TEMP TABLE repetition_units AS
SELECT group_no::BIGINT AS unit, mix, component, repeat, n, total, least, n_policy, least_answered, tp, fp, fn, 1::BIGINT AS k
FROM (SELECT * FROM plain_groups UNION ALL SELECT * FROM pooled_groups)
JOIN place_groups USING (group_no)
