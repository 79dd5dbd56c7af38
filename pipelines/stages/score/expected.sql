-- reads: items, place_groups, responses
-- writes: expected
--
-- Every response that a run should contain: each variant of each item of its benchmark, pool and track, in every condition and
-- repetition in which the run answered that dataset (once, under `base`, if it did not answer the dataset).
CREATE OR REPLACE TEMP TABLE expected AS
WITH asked AS (
  SELECT DISTINCT dataset, condition, repeat FROM responses WHERE run_id = $run_id
),
answered AS (
  SELECT DISTINCT dataset FROM asked
)
SELECT i.dataset, i.item_id, i.variant, coalesce(a.condition, 'base') AS condition, coalesce(a.repeat, 1) AS repeat,
       i.group_id, p.group_no, i.part, i.has_gold, i.excluded,
       i.dataset IN (SELECT dataset FROM answered) AS submitted
FROM items AS i
JOIN place_groups AS p USING (dataset, group_id)
LEFT JOIN asked AS a ON a.dataset = i.dataset
WHERE i.benchmark = $benchmark AND i.pool = $pool AND i.track = $track;
