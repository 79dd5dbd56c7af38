-- reads: answers, choice_datasets, component_scores, items_private
-- writes: nothing
--
-- Choices that the source and our reader read differently.
SELECT $run_id AS run_id, $benchmark AS benchmark, c.dataset, $pool AS pool, c.item_id, c.variant, c.condition, c.repeat,
       $system AS system, a.source_parsed AS source_answer, c.answer AS our_answer, c.read_by,
       a.source_parsed = g.gold AS source_correct, coalesce(c.answer = g.gold, FALSE) AS our_correct
FROM component_scores AS c
JOIN choice_datasets USING (dataset)
JOIN answers AS a USING (dataset, item_id, variant, condition, repeat)
JOIN (
  SELECT dataset, item_id, variant, upper(trim(json_extract_string(gold, '$'))) AS gold
  FROM items_private WHERE benchmark = $benchmark AND pool = $pool
) AS g USING (dataset, item_id, variant)
WHERE a.dataset IN (SELECT dataset FROM answers WHERE source_parsed IS NOT NULL)
  AND a.source_parsed IS DISTINCT FROM c.answer
ORDER BY dataset, item_id, variant, condition, repeat
