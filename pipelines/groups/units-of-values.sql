-- reads: {{groups}}
-- writes: repetition_units
--
-- Units are distinct sums within a mix, each standing for `k` groups: few rows however many groups there are. Sums of one
-- component and one repetition are all that such a group has; they are named here, because grouping by a constant costs as much
-- as by a column. Which unit of a mix has which number does not matter.
INSERT INTO repetition_units BY NAME
SELECT $run_no AS run_no, row_number() OVER () AS unit, 0 AS component, 1 AS repeat, *
FROM (
  SELECT * EXCLUDE (group_no, component, repeat), count(*) AS k
  FROM {{groups}}
  GROUP BY ALL
)
