-- reads: asked, batch_runs, condition_items, place_items
-- writes: expected
--
-- Every response that a run should contain. A run owes an answer to each variant of each item of its benchmark, pool and
-- track; under another condition than `base`, to those that any run was asked under it. A dataset that a run did not
-- answer is owed under `base`. Repeats are not owed: whoever asks one item twice does not owe a second answer to the others.
-- An item without any answer is expected once, in the dataset's first repeat.
CREATE OR REPLACE TEMP TABLE expected AS
WITH answered AS (
  SELECT run_no, dataset, condition, min(repeat) AS first_repeat FROM asked GROUP BY ALL
),
owed AS (
  SELECT b.run_no, d.dataset, coalesce(a.condition, 'base') AS condition, coalesce(a.first_repeat, 1) AS first_repeat,
         a.run_no IS NOT NULL AS submitted
  FROM batch_runs AS b
  CROSS JOIN (SELECT DISTINCT dataset FROM place_items) AS d
  LEFT JOIN answered AS a ON (a.run_no, a.dataset) = (b.run_no, d.dataset)
)
SELECT o.run_no, i.dataset, i.item_id, i.variant, o.condition, coalesce(a.repeat, o.first_repeat) AS repeat,
       coalesce(a.attempt, 1) AS attempt, coalesce(a.n_attempts, 1) AS n_attempts,
       i.group_id, i.group_no, i.part, i.has_gold, i.excluded, o.submitted
FROM owed AS o
JOIN place_items AS i USING (dataset)
LEFT JOIN asked AS a ON (a.run_no, a.dataset, a.item_id, a.variant, a.condition) = (o.run_no, i.dataset, i.item_id, i.variant, o.condition)
WHERE o.condition = 'base' OR (i.dataset, i.item_id, i.variant, o.condition) IN (
  SELECT (dataset, item_id, variant, condition) FROM condition_items WHERE benchmark = $benchmark AND pool = $pool
)
