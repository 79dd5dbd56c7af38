-- Units are distinct sums within a mix, each standing for `k` groups: few rows however many groups there are. Sums of one
-- component and one repetition are all that such a group has.
CREATE OR REPLACE TEMP TABLE repetition_units AS
WITH counted AS (
  SELECT mix, component, repeat, n, total, least, n_policy, least_answered, tp, fp, fn, count(*) AS k
  FROM plain_groups JOIN place_groups USING (group_no)
  GROUP BY mix, component, repeat, n, total, least, n_policy, least_answered, tp, fp, fn
  UNION ALL
  SELECT mix, component, repeat, n, total, least, n_policy, least_answered, tp, fp, fn, count(*) AS k
  FROM pooled_groups JOIN place_groups USING (group_no)
  GROUP BY mix, component, repeat, n, total, least, n_policy, least_answered, tp, fp, fn
)
SELECT row_number() OVER (ORDER BY mix, component, n, total, least, n_policy, least_answered, tp, fp, fn) AS unit, * FROM counted
