-- reads: answers, choice_letters, expected, items_private, jobs
-- writes: component_scores
--
-- Scorer `choice`: components whose letter was read in SQL. Several different letters are one wrong answer.
-- Gold that is no option of its item counts as absent.
INSERT INTO component_scores
SELECT e.dataset, e.item_id, e.variant, e.condition, e.repeat, j.component, j.metric,
       CASE
         WHEN p.gold IS NULL THEN 'awaiting_gold'
         WHEN a.status IN ('ok', 'multiple') THEN 'ok'
         WHEN a.status IN ('conflict', 'refused', 'truncated') THEN a.status
         ELSE 'unparsed'
       END AS status,
       coalesce(a.status IN ('ok', 'conflict') AND a.letters = p.gold, FALSE)::INTEGER::DOUBLE AS value,
       NULL AS tp, NULL AS fp, NULL AS fn,
       CASE WHEN a.status IN ('ok', 'multiple', 'conflict') THEN a.letters END AS answer,
       coalesce(a.read_by, 'missing') AS read_by,
       CASE WHEN a.status NOT IN ('ok', 'multiple') THEN a.read_by END AS detail
FROM expected AS e
JOIN jobs AS j ON j.dataset = e.dataset AND (j.part = '' OR j.part = e.part) AND j.scorer = $scorer
LEFT JOIN answers AS a ON (a.dataset, a.item_id, a.variant, a.condition, a.repeat) = (e.dataset, e.item_id, e.variant, e.condition, e.repeat)
LEFT JOIN (
  SELECT dataset, item_id, variant, upper(trim(json_extract_string(gold, '$'))) AS gold
  FROM items_private LEFT JOIN choice_letters USING (dataset, item_id, variant)
  WHERE benchmark = $benchmark AND pool = $pool AND regexp_full_match(upper(trim(json_extract_string(gold, '$'))), '[A-Z]')
    AND contains(coalesce(letters, $default_letters), upper(trim(json_extract_string(gold, '$'))))
) AS p ON (p.dataset, p.item_id, p.variant) = (e.dataset, e.item_id, e.variant)
WHERE NOT coalesce(a.needs_reader, FALSE);
