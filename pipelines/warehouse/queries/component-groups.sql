-- The first and only touch of a run's score rows ($rows): sums per group, component and repetition. Scores are whole numbers, and
-- whole numbers below 2^53 add up exactly as doubles, in any order and at half the cost. Parts in dollars are columns, or
-- constants where a file holds one value only: then `GROUP BY ALL` groups by small numbers without gaps.
SELECT mix, group_no, component, repeat, n, total, n_policy
FROM (
  SELECT group_no, $component AS component, $repeat AS repeat, count(*) AS n, sum(score_1e9::DOUBLE)::BIGINT AS total, $n_policy AS n_policy
  FROM $rows
  GROUP BY ALL
)
JOIN unpooled_groups USING (group_no);

-- Units right and wrong are summed only where a dataset pools them.
SELECT mix, group_no, component, repeat, n, total, n_policy, tp, fp, fn
FROM (
  SELECT group_no, $component AS component, $repeat AS repeat, count(*) AS n, sum(score_1e9::DOUBLE)::BIGINT AS total, $n_policy AS n_policy,
         sum(tp::DOUBLE)::BIGINT AS tp, sum(fp::DOUBLE)::BIGINT AS fp, sum(fn::DOUBLE)::BIGINT AS fn
  FROM $rows
  WHERE $is_pooled
  GROUP BY ALL
)
JOIN pooled_groups USING (group_no);
