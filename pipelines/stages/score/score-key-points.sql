-- reads: expected, items_private, jobs, judged
-- writes: component_scores
--
-- Scorer `key_points`: matched points divided by the item's points.
INSERT INTO component_scores
SELECT e.dataset, e.item_id, e.variant, e.condition, e.repeat, j.component, j.metric,
       CASE
         WHEN points = 0 THEN 'excluded'
         WHEN points IS NULL THEN 'awaiting_gold'
         WHEN d.dataset IS NULL THEN 'awaiting_judgment'
         WHEN d.points_failed > 0 THEN 'judge_failed'
         WHEN d.points_judged < points THEN 'awaiting_judgment'
         ELSE 'ok'
       END AS status,
       least(1.0, d.points_matched_1e6 / 1e6 / nullif(points, 0)) AS value,
       coalesce(round(d.points_matched_1e6 / 1e6), 0)::INTEGER AS tp,
       0 AS fp,
       (points - coalesce(round(d.points_matched_1e6 / 1e6), 0))::INTEGER AS fn,
       NULL AS answer, 'judge' AS read_by, NULL AS detail
FROM expected AS e
JOIN jobs AS j ON j.dataset = e.dataset AND (j.part = '' OR j.part = e.part) AND j.scorer = $scorer
LEFT JOIN judged AS d ON (d.dataset, d.item_id, d.variant, d.condition, d.repeat) = (e.dataset, e.item_id, e.variant, e.condition, e.repeat)
LEFT JOIN (
  SELECT dataset, item_id, variant, CASE WHEN key_points IS NOT NULL THEN json_array_length(key_points) WHEN gold IS NOT NULL THEN 0 END AS points
  FROM items_private WHERE benchmark = $benchmark AND pool = $pool
) AS p ON (p.dataset, p.item_id, p.variant) = (e.dataset, e.item_id, e.variant);
