-- reads: answers, expected, item_golds, jobs
-- writes: component_scores
--
-- Scorer `choice`: components whose letter was read in SQL. Several different letters are one wrong answer.
-- Gold that is no option of its item counts as absent.
INSERT INTO component_scores
SELECT e.run_no, e.dataset, e.item_id, e.variant, e.condition, e.repeat, j.component, j.metric,
       CASE
         WHEN p.letter IS NULL THEN 'awaiting_gold'
         WHEN a.status IN ('ok', 'multiple') THEN 'ok'
         WHEN a.status IN ('conflict', 'refused', 'truncated') THEN a.status
         ELSE 'unparsed'
       END AS status,
       coalesce(a.status IN ('ok', 'conflict') AND a.letters = p.letter, FALSE)::INTEGER::DOUBLE AS value,
       NULL AS tp, NULL AS fp, NULL AS fn,
       CASE WHEN a.status IN ('ok', 'multiple', 'conflict') THEN a.letters END AS answer,
       coalesce(a.read_by, 'missing') AS read_by,
       CASE WHEN a.status NOT IN ('ok', 'multiple') THEN a.read_by END AS detail
FROM expected AS e
JOIN jobs AS j ON j.dataset = e.dataset AND (j.part = '' OR j.part = e.part) AND j.scorer = $scorer
LEFT JOIN answers AS a ON (a.run_no, a.dataset, a.item_id, a.variant, a.condition, a.repeat) = (e.run_no, e.dataset, e.item_id, e.variant, e.condition, e.repeat)
LEFT JOIN item_golds AS p ON (p.dataset, p.item_id, p.variant) = (e.dataset, e.item_id, e.variant)
WHERE NOT coalesce(a.needs_reader, FALSE);
