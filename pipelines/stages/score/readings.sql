-- reads: answers, batch_runs, choice_datasets, component_scores, item_golds
-- writes: nothing
--
-- Choices that the source and our reader read differently. A letter that contradicts its text is an answer only where the policy says so.
SELECT run_id, benchmark, c.dataset, pool, c.item_id, c.variant, c.condition, c.repeat,
       system, a.source_parsed AS source_answer, c.answer AS our_answer, c.read_by,
       a.source_parsed = g.letter AS source_correct, coalesce(c.answer = g.letter, FALSE) AS our_correct
FROM (
  SELECT * REPLACE (CASE WHEN status = 'conflict' AND $policies['conflict'] <> 'letter' THEN NULL ELSE answer END AS answer)
  FROM component_scores
) AS c
JOIN choice_datasets USING (dataset)
JOIN batch_runs USING (run_no)
JOIN answers AS a USING (run_no, dataset, item_id, variant, condition, repeat)
JOIN item_golds AS g USING (dataset, item_id, variant)
WHERE (run_no, c.dataset) IN (SELECT (run_no, dataset) FROM answers WHERE source_parsed IS NOT NULL)
  AND a.source_parsed IS DISTINCT FROM c.answer
ORDER BY run_id, dataset, item_id, variant, condition, repeat
