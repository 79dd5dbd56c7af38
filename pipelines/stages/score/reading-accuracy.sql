-- reads: answers, choice_datasets, component_scores, expected, items_private
-- writes: nothing
--
-- Accuracy with the source's letters and with our reader's, over the items that count.
SELECT $run_id AS run_id, $system AS system, $benchmark AS benchmark, $pool AS pool, $board AS board, $track AS track, dataset,
       count(*) AS n_responses,
       count(*) FILTER (a.source_parsed IS DISTINCT FROM c.answer) AS n_differ,
       count(*) FILTER (a.source_parsed = g.gold) / count(*) AS source_accuracy,
       count(*) FILTER (c.answer = g.gold) / count(*) AS our_accuracy
FROM component_scores AS c
JOIN choice_datasets USING (dataset)
JOIN answers AS a USING (dataset, item_id, variant, condition, repeat)
JOIN (SELECT * FROM expected WHERE excluded IS NULL) AS e USING (dataset, item_id, variant, condition, repeat)
JOIN (
  SELECT dataset, item_id, variant, upper(trim(json_extract_string(gold, '$'))) AS gold
  FROM items_private WHERE benchmark = $benchmark AND pool = $pool AND gold IS NOT NULL
) AS g USING (dataset, item_id, variant)
WHERE dataset IN (SELECT dataset FROM answers WHERE source_parsed IS NOT NULL)
GROUP BY dataset
ORDER BY dataset
