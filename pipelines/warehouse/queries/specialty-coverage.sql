-- How many items each specialty has, and how many have none, per benchmark and pool.
WITH counted AS (
  SELECT DISTINCT benchmark, pool, dataset, item_id, group_id, specialty_primary, specialty_secondary FROM items
),
coded AS (
  SELECT benchmark, pool, dataset, item_id, group_id, 'primary' AS level, unnest(string_split(coalesce(specialty_primary, ''), '|')) AS specialty FROM counted
  UNION ALL
  SELECT benchmark, pool, dataset, item_id, group_id, 'secondary' AS level, unnest(string_split(coalesce(specialty_secondary, ''), '|')) AS specialty FROM counted
)
SELECT benchmark, pool, level, trim(specialty) AS specialty, count(*) AS n_items,
       count(DISTINCT (dataset, group_id)) AS n_groups, count(DISTINCT dataset) AS n_datasets
FROM coded
GROUP BY benchmark, pool, level, trim(specialty)
ORDER BY benchmark, pool, level, specialty
