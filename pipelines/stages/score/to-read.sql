-- reads: answers, batch_responses, expected, items_private, jobs
-- writes: nothing
--
-- Responses that a scorer in TypeScript reads: all where it reads text, and those whose letter only the option texts give where it reads letters.
-- Items without a response are included, so that a missing answer still counts its fields or labels.
SELECT e.run_no, e.dataset, e.item_id, e.variant, e.condition, e.repeat, j.component, r.raw, p.gold, p.options,
       CASE WHEN p.options IS NOT NULL THEN p.question END AS question
FROM expected AS e
JOIN jobs AS j ON j.dataset = e.dataset AND (j.part = '' OR j.part = e.part)
  AND j.reads = 'text'
LEFT JOIN batch_responses AS r
  ON (r.run_no, r.dataset, r.item_id, r.variant, r.condition, r.repeat) = (e.run_no, e.dataset, e.item_id, e.variant, e.condition, e.repeat)
LEFT JOIN (SELECT * FROM items_private WHERE benchmark = $benchmark AND pool = $pool) AS p
  ON (p.dataset, p.item_id, p.variant) = (e.dataset, e.item_id, e.variant)
UNION ALL
SELECT e.run_no, e.dataset, e.item_id, e.variant, e.condition, e.repeat, j.component, r.raw, p.gold, p.options,
       CASE WHEN p.options IS NOT NULL THEN p.question END AS question
FROM expected AS e
JOIN jobs AS j ON j.dataset = e.dataset AND (j.part = '' OR j.part = e.part) AND j.reads = 'letters'
JOIN answers AS a ON (a.run_no, a.dataset, a.item_id, a.variant, a.condition, a.repeat) = (e.run_no, e.dataset, e.item_id, e.variant, e.condition, e.repeat)
  AND a.needs_reader
JOIN batch_responses AS r
  ON (r.run_no, r.dataset, r.item_id, r.variant, r.condition, r.repeat) = (e.run_no, e.dataset, e.item_id, e.variant, e.condition, e.repeat)
LEFT JOIN (SELECT * FROM items_private WHERE benchmark = $benchmark AND pool = $pool) AS p
  ON (p.dataset, p.item_id, p.variant) = (e.dataset, e.item_id, e.variant)
