-- reads: expected, item_golds, jobs, judged
-- writes: component_scores
--
-- Scorer `key_points`: matched points divided by the item's points. A verdict on only some of them is no grade.
INSERT INTO component_scores
SELECT e.run_no, e.dataset, e.item_id, e.variant, e.condition, e.repeat, j.component, j.metric,
       CASE
         WHEN p.points = 0 THEN 'excluded'
         WHEN p.points IS NULL THEN 'awaiting_gold'
         WHEN coalesce(d.points_seen, 0) = 0 THEN 'awaiting_judgment'
         WHEN d.points_judged < p.points THEN 'judge_failed'
         ELSE 'ok'
       END AS status,
       least(1.0, d.points_matched_1e6 / 1e6 / nullif(p.points, 0)) AS value,
       coalesce(round(d.points_matched_1e6 / 1e6), 0)::INTEGER AS tp,
       0 AS fp,
       (p.points - coalesce(round(d.points_matched_1e6 / 1e6), 0))::INTEGER AS fn,
       NULL AS answer, 'judge' AS read_by,
       CASE WHEN d.points_seen > 0 AND d.points_judged < p.points THEN concat(d.points_judged, ' of ', p.points, ' key points rated') END AS detail
FROM expected AS e
JOIN jobs AS j ON j.dataset = e.dataset AND (j.part = '' OR j.part = e.part) AND j.scorer = $scorer
LEFT JOIN judged AS d ON (d.run_no, d.dataset, d.item_id, d.variant, d.condition, d.repeat) = (e.run_no, e.dataset, e.item_id, e.variant, e.condition, e.repeat)
LEFT JOIN item_golds AS p ON (p.dataset, p.item_id, p.variant) = (e.dataset, e.item_id, e.variant);
