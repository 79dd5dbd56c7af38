-- reads: answers, batch_runs, choice_datasets, component_scores, expected, item_golds
-- writes: nothing
--
-- Accuracy with the source's letters and with our reader's, over the items that count. A letter that contradicts its text is an answer only
-- where the policy says so.
SELECT run_id, system, benchmark, pool, board, track, dataset,
       count(*) AS n_responses,
       count(*) FILTER (a.source_parsed IS DISTINCT FROM c.answer) AS n_differ,
       count(*) FILTER (a.source_parsed = g.letter) / count(*) AS source_accuracy,
       count(*) FILTER (c.answer = g.letter) / count(*) AS our_accuracy
FROM (
  SELECT * REPLACE (CASE WHEN status = 'conflict' AND $policies['conflict'] <> 'letter' THEN NULL ELSE answer END AS answer)
  FROM component_scores
) AS c
JOIN choice_datasets USING (dataset)
JOIN batch_runs USING (run_no)
JOIN answers AS a USING (run_no, dataset, item_id, variant, condition, repeat)
JOIN (SELECT * FROM expected WHERE excluded IS NULL) AS e USING (run_no, dataset, item_id, variant, condition, repeat)
JOIN (SELECT * FROM item_golds WHERE letter IS NOT NULL) AS g USING (dataset, item_id, variant)
WHERE (run_no, dataset) IN (SELECT (run_no, dataset) FROM answers WHERE source_parsed IS NOT NULL)
GROUP BY run_id, system, benchmark, pool, board, track, dataset
ORDER BY run_id, dataset
