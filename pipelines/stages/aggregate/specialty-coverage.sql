-- reads: item_groups, items
-- writes: nothing
--
-- How many items each specialty has, and how many have none, per benchmark and pool. Items are first counted by group and
-- by the text of their codes, of which there are few, and only then are the codes split. Groups whose items differ are
-- identified by name, so that each counts once in a specialty.
WITH texts AS (
  SELECT benchmark, pool, dataset, NULL AS group_id, specialty_primary, specialty_secondary,
         sum(n_items) AS n_items, count(*) AS n_groups
  FROM item_groups WHERE is_uniform
  GROUP BY benchmark, pool, dataset, specialty_primary, specialty_secondary
  UNION ALL
  SELECT benchmark, pool, dataset, group_id, specialty_primary, specialty_secondary, count(DISTINCT item_id), 0
  FROM items SEMI JOIN (FROM item_groups WHERE NOT is_uniform) USING (benchmark, pool, track, dataset, group_id)
  GROUP BY benchmark, pool, dataset, group_id, specialty_primary, specialty_secondary
),
levels AS (
  SELECT *, 'primary' AS level, specialty_primary AS codes FROM texts
  UNION ALL
  SELECT *, 'secondary' AS level, specialty_secondary AS codes FROM texts
),
coded AS (
  SELECT *, trim(unnest(string_split(coalesce(codes, ''), '|'))) AS specialty FROM levels
)
SELECT benchmark, pool, level, specialty, sum(n_items)::BIGINT AS n_items,
       (sum(n_groups) + count(DISTINCT (dataset, group_id)) FILTER (group_id IS NOT NULL))::BIGINT AS n_groups,
       count(DISTINCT dataset) AS n_datasets
FROM coded
GROUP BY benchmark, pool, level, specialty
ORDER BY benchmark, pool, level, specialty
