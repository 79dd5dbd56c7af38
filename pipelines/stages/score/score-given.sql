-- reads: batch_responses, expected, jobs
-- writes: component_scores
--
-- Scorer `given`: the score that the source gave, as a share of its scale. A response without one still waits for its score.
INSERT INTO component_scores
SELECT e.run_no, e.dataset, e.item_id, e.variant, e.condition, e.repeat, j.component, j.metric,
       CASE
         WHEN r.source_score IS NULL THEN 'awaiting_judgment'
         WHEN r.source_score BETWEEN j.lowest AND j.highest THEN 'ok'
         ELSE 'unparsed'
       END AS status,
       CASE WHEN r.source_score BETWEEN j.lowest AND j.highest THEN (r.source_score - j.lowest) / (j.highest - j.lowest) ELSE 0 END AS value,
       NULL AS tp, NULL AS fp, NULL AS fn, CAST(r.source_score AS VARCHAR) AS answer, 'given score' AS read_by,
       CASE
         WHEN r.source_score IS NULL THEN 'no score given'
         WHEN r.source_score NOT BETWEEN j.lowest AND j.highest
           THEN concat('score ', r.source_score, ' is not on the scale from ', j.lowest, ' to ', j.highest)
       END AS detail
FROM expected AS e
JOIN (
  SELECT *, coalesce(CAST(json_extract(settings, '$.min') AS DOUBLE), 0) AS lowest, coalesce(CAST(json_extract(settings, '$.max') AS DOUBLE), 1) AS highest
  FROM jobs WHERE scorer = $scorer
) AS j ON j.dataset = e.dataset AND (j.part = '' OR j.part = e.part)
LEFT JOIN batch_responses AS r
  ON (r.run_no, r.dataset, r.item_id, r.variant, r.condition, r.repeat) = (e.run_no, e.dataset, e.item_id, e.variant, e.condition, e.repeat);
