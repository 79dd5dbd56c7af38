-- reads: judgments, ratings
-- writes: nothing
--
-- How many ratings were compared with a verdict, and how many were not, by reason.
WITH verdicts AS (
  SELECT benchmark, run_id, dataset, pool, item_id, variant, condition, repeat, criterion, max(status = 'ok') AS ok,
         list(DISTINCT [scale_min, scale_max]) AS scales
  FROM judgments SEMI JOIN ratings USING (benchmark, run_id, dataset, pool, item_id, variant, condition, repeat, criterion)
  WHERE judge_repeat = 1
  GROUP BY benchmark, run_id, dataset, pool, item_id, variant, condition, repeat, criterion
)
SELECT CASE WHEN p.value IS NULL THEN 'ratings_cannot_rate'
            WHEN v.scales IS NULL THEN 'ratings_without_verdict'
            WHEN NOT list_contains(v.scales, [p.scale_min, p.scale_max]) THEN 'ratings_on_another_scale'
            WHEN NOT v.ok THEN 'ratings_of_failed_verdicts'
            ELSE 'ratings_used' END AS reason, count(*) AS n
FROM ratings AS p
LEFT JOIN verdicts AS v USING (benchmark, run_id, dataset, pool, item_id, variant, condition, repeat, criterion)
GROUP BY reason
ORDER BY reason
