-- reads: expected, jobs, judged
-- writes: component_scores
--
-- Scorer `judge`: the mean of the judge's grades on the rubric's criteria. A verdict on only some of them is no grade.
INSERT INTO component_scores
SELECT e.run_no, e.dataset, e.item_id, e.variant, e.condition, e.repeat, j.component, j.metric,
       CASE
         WHEN coalesce(d.criteria_seen, 0) = 0 THEN 'awaiting_judgment'
         WHEN d.criteria_judged < d.criteria_wanted THEN 'judge_failed'
         ELSE 'ok'
       END AS status,
       d.criteria_1e6 / 1e6 / nullif(d.criteria_judged, 0) AS value,
       NULL AS tp, NULL AS fp, NULL AS fn, NULL AS answer, 'judge' AS read_by,
       CASE WHEN d.criteria_judged < d.criteria_wanted THEN concat(d.criteria_judged, ' of ', d.criteria_wanted, ' criteria rated') END AS detail
FROM expected AS e
JOIN jobs AS j ON j.dataset = e.dataset AND (j.part = '' OR j.part = e.part) AND j.scorer = $scorer
LEFT JOIN judged AS d ON (d.run_no, d.dataset, d.item_id, d.variant, d.condition, d.repeat) = (e.run_no, e.dataset, e.item_id, e.variant, e.condition, e.repeat);
