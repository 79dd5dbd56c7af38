-- reads: place_groups, {{rows}}
-- writes: nothing
--
-- The only pass over a run's score rows (part rows): sums per group, component and attempt (see asked.sql). Scores are whole numbers, and whole
-- numbers below 2^53 add up exactly as doubles, in any order and at half the cost. The other parts are columns, or constants
-- where a file contains a single value: then `GROUP BY ALL` groups by small numbers without gaps. Counts of right and wrong parts
-- are summed only if a dataset pools them.
SELECT mix, sums.*
FROM (
  SELECT group_no, {{component}} AS component, {{attempt}} AS attempt, count(*) AS n, sum(score_1e9::DOUBLE)::BIGINT AS total,
         {{more_sums}}
  FROM {{rows}}
  GROUP BY ALL
) AS sums
JOIN place_groups USING (group_no)
