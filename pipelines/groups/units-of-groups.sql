-- reads: {{groups}}
-- writes: repetition_units
--
-- Units are the groups themselves: for comparisons by group, and where components or repetitions are combined within a group.
INSERT INTO repetition_units BY NAME
SELECT $run_no AS run_no, group_no AS unit, * EXCLUDE (group_no), 1 AS k
FROM {{groups}}
