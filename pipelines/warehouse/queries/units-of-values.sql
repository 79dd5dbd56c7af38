-- Units are distinct sums within a mix, each standing for `k` groups: few rows however many groups there are. Sums of one
-- component and one repetition are all that such a group has. Which unit of a mix bears which number does not matter.
INSERT INTO repetition_units
SELECT $run_no, mix, row_number() OVER () AS unit, component, repeat, n, total, n_policy, tp, fp, fn, k
FROM (
  SELECT mix, component, repeat, n, total, n_policy, tp, fp, fn, count(*) AS k
  FROM ($groups)
  GROUP BY ALL
)
