-- reads: checked_gold, crosswalk_rows, gold_rows, item_rows
-- writes: items_done
--
-- Items with their gold answers and specialties. Gold files win over question packs; a crosswalk row without a pool applies
-- to every pool. `checked_gold` has gold whose stored form differs from its source's, and NULL where it was refused.
CREATE OR REPLACE TEMP TABLE items_done AS
SELECT item.* EXCLUDE (gold, options, key_points, gold_file, gold_line, gold_offset, gold_length, n_options, specialty_primary, specialty_secondary, released_on),
  CAST(item.released_on AS DATE) AS released_on,
  coalesce(gold.options, item.options) AS options,
  CASE WHEN checked.item_id IS NULL THEN coalesce(gold.gold, item.gold) ELSE checked.gold END AS gold,
  CASE WHEN checked.item_id IS NULL THEN coalesce(gold.key_points, item.key_points) ELSE checked.key_points END AS key_points,
  len(json_keys(coalesce(gold.options, item.options))) AS n_options,
  CASE WHEN checked.item_id IS NULL THEN coalesce(gold.gold, item.gold, gold.key_points, item.key_points)
    ELSE coalesce(checked.gold, checked.key_points) END IS NOT NULL AS has_gold,
  coalesce(here.specialty_primary, everywhere.specialty_primary, item.specialty_primary) AS specialty_primary,
  CASE WHEN here.item_id IS NOT NULL THEN here.specialty_secondary
    WHEN everywhere.item_id IS NOT NULL THEN everywhere.specialty_secondary
    ELSE item.specialty_secondary END AS specialty_secondary
FROM item_rows AS item
LEFT JOIN gold_rows AS gold USING (benchmark, pool, dataset, item_id, variant)
LEFT JOIN checked_gold AS checked USING (benchmark, pool, dataset, item_id, variant)
LEFT JOIN (SELECT * FROM crosswalk_rows WHERE pool IS NOT NULL) AS here USING (benchmark, pool, dataset, item_id)
LEFT JOIN (SELECT * EXCLUDE (pool) FROM crosswalk_rows WHERE pool IS NULL) AS everywhere USING (benchmark, dataset, item_id)
ORDER BY benchmark, pool, track, dataset, part, try_cast(regexp_extract(item_id, '[0-9]+$') AS BIGINT), item_id, variant
