-- reads: {{groups}}
-- writes: repetition_units
--
-- Units are distinct sums within a mix, each representing `k` groups: few rows, however many groups there are. Such a
-- group has one component and one repetition only; both are added here as constants, because grouping by a constant costs as
-- much as by a column. The order in which the units of a mix are numbered does not matter.
INSERT INTO repetition_units BY NAME
SELECT $run_no AS run_no, row_number() OVER () AS unit, 0 AS component, 1 AS attempt, *
FROM (
  SELECT * EXCLUDE (group_no, component, attempt), count(*) AS k
  FROM {{groups}}
  GROUP BY ALL
)
