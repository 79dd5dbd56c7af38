-- reads: expected, jobs
-- writes: expected
--
-- Where all variants of a group must be right, a further attempt counts only if every variant was asked again: the
-- answers of an incomplete attempt are left out, right or wrong.
CREATE OR REPLACE TEMP TABLE expected AS
WITH incomplete AS (
  SELECT run_no, dataset, group_id, condition, min(n_attempts) AS n_complete
  FROM expected
  WHERE attempt = 1 AND excluded IS NULL AND dataset IN (SELECT dataset FROM jobs WHERE pooling = 'all_right')
  GROUP BY ALL
  HAVING min(n_attempts) < max(n_attempts)
)
SELECT e.* REPLACE (
  CASE WHEN e.attempt > p.n_complete THEN coalesce(e.excluded, 'repeated without the other variants of its group') ELSE e.excluded END AS excluded,
  coalesce(p.n_complete, e.n_attempts) AS n_attempts)
FROM expected AS e
LEFT JOIN incomplete AS p USING (run_no, dataset, group_id, condition)
