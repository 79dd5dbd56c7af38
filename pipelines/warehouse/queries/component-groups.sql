-- The only touch of a run's score rows ($rows): sums per group, component and repetition. Scores are whole numbers, and whole
-- numbers below 2^53 add up exactly as doubles, in any order and at half the cost. Parts in dollars are columns, or constants
-- where a file holds one value only: then `GROUP BY ALL` groups by small numbers without gaps. Units right and wrong ($pooled)
-- are summed only where a dataset pools them.
SELECT mix, sums.*
FROM (
  SELECT group_no, $component AS component, $repeat AS repeat, count(*) AS n, sum(score_1e9::DOUBLE)::BIGINT AS total,
         $n_policy AS n_policy $pooled
  FROM $rows
  GROUP BY ALL
) AS sums
JOIN place_groups USING (group_no)
