-- reads: items
-- writes: item_groups
--
-- The independent groups of one benchmark, pool and track: items and variants that count, and specialties. Levels of
-- specialties are read separately, so each has a minimum of its own. `is_uniform`: no item is left out and all carry the same codes.
-- A group with a single item has that item's name, so its items need no counting.
INSERT INTO item_groups BY NAME
SELECT $benchmark AS benchmark, $pool AS pool, $track AS track, dataset, group_id, n_items, n_variants, specialty_primary, specialty_secondary,
       n_variants = n_rows AND specialty_primary = last_primary AND specialty_secondary = last_secondary AS is_uniform
FROM (
  SELECT dataset, group_id,
         count(DISTINCT item_id) FILTER (excluded IS NULL AND item_id <> group_id)
           + coalesce(bool_or(excluded IS NULL AND item_id = group_id), FALSE)::INTEGER AS n_items,
         count(*) FILTER (excluded IS NULL) AS n_variants, count(*) AS n_rows,
         min(coalesce(specialty_primary, '')) AS specialty_primary, max(coalesce(specialty_primary, '')) AS last_primary,
         min(coalesce(specialty_secondary, '')) AS specialty_secondary, max(coalesce(specialty_secondary, '')) AS last_secondary
  FROM items
  WHERE benchmark = $benchmark AND pool = $pool AND track = $track
  GROUP BY dataset, group_id
)
