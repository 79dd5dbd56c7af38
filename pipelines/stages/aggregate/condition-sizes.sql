-- reads: outcomes
-- writes: nothing
--
-- How many items and groups each run should have answered under each condition other than `base`.
SELECT run_id, dataset, condition, count(DISTINCT item_id) AS n_items, count(DISTINCT group_id) AS n_groups
FROM outcomes
WHERE condition <> 'base' AND outcome <> 'excluded'
GROUP BY run_id, dataset, condition
ORDER BY run_id, dataset, condition
