-- reads: expected, jobs, judged
-- writes: component_scores
--
-- Scorer `judge`: the mean of the judge's grades on the rubric's criteria.
INSERT INTO component_scores
SELECT e.dataset, e.item_id, e.variant, e.condition, e.repeat, j.component, j.metric,
       CASE
         WHEN d.criteria_judged > 0 THEN 'ok'
         WHEN d.criteria_failed > 0 THEN 'judge_failed'
         ELSE 'awaiting_judgment'
       END AS status,
       d.criteria_1e6 / 1e6 / nullif(d.criteria_judged, 0) AS value,
       NULL AS tp, NULL AS fp, NULL AS fn, NULL AS answer, 'judge' AS read_by, NULL AS detail
FROM expected AS e
JOIN jobs AS j ON j.dataset = e.dataset AND (j.part = '' OR j.part = e.part) AND j.scorer = $scorer
LEFT JOIN judged AS d ON (d.dataset, d.item_id, d.variant, d.condition, d.repeat) = (e.dataset, e.item_id, e.variant, e.condition, e.repeat);
