-- reads: gold_letters, kinds, responses, scores
-- writes: nothing
--
-- The majority answer over repetitions against the gold letter, for F1 over letters. If answers tie,
-- the one that got its votes first counts; responses without a letter win only if there is no other answer.
WITH votes AS (
  SELECT c.dataset, c.item_id, c.variant, c.answer, count(*) AS n, max(r.source_line) AS reached
  FROM scores AS c
  LEFT JOIN (SELECT * FROM responses WHERE run_id = $run_id AND condition = 'base') AS r USING (dataset, item_id, variant, repeat)
  WHERE c.run_id = $run_id AND c.condition = 'base' AND (c.dataset, c.component) IN (SELECT (dataset, component) FROM kinds WHERE kind = 'all_right')
  GROUP BY c.dataset, c.item_id, c.variant, c.answer
),
majority AS (
  SELECT dataset, item_id, variant, answer
  FROM votes
  QUALIFY row_number() OVER (PARTITION BY dataset, item_id, variant ORDER BY answer IS NULL, n DESC, reached, answer) = 1
)
SELECT m.dataset, g.gold, m.answer, count(*) AS n
FROM majority AS m JOIN gold_letters AS g USING (dataset, item_id, variant)
GROUP BY ALL
ORDER BY ALL
