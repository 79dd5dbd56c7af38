-- reads: items_private
-- writes: nothing
--
-- The gold labels of some datasets ($datasets): what an answer to one of their items can be.
SELECT dataset, list_sort(list(DISTINCT json_extract_string(gold, '$'))) AS labels
FROM items_private
WHERE benchmark = $benchmark AND pool = $pool AND list_contains($datasets, dataset) AND json_type(gold) IN ('VARCHAR', 'BOOLEAN')
GROUP BY dataset
ORDER BY dataset
