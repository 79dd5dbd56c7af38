-- How many items each specialty has, and how many have none, per benchmark and pool. Items of a group nearly always share
-- their codes: such groups are counted by the few texts of codes that occur, the others one by one.
WITH described AS (
  SELECT benchmark, pool, dataset, group_id, count(DISTINCT item_id) AS n_items,
         min(coalesce(specialty_primary, '')) AS specialty_primary, max(coalesce(specialty_primary, '')) AS last_primary,
         min(coalesce(specialty_secondary, '')) AS specialty_secondary, max(coalesce(specialty_secondary, '')) AS last_secondary
  FROM items
  GROUP BY benchmark, pool, dataset, group_id
),
uniform AS (
  SELECT benchmark, pool, dataset, specialty_primary, specialty_secondary, sum(n_items) AS n_items, count(*) AS n_groups
  FROM described
  WHERE specialty_primary = last_primary AND specialty_secondary = last_secondary
  GROUP BY benchmark, pool, dataset, specialty_primary, specialty_secondary
),
mixed AS (
  SELECT DISTINCT i.benchmark, i.pool, i.dataset, i.group_id, i.item_id, i.specialty_primary, i.specialty_secondary
  FROM items AS i JOIN described AS d USING (benchmark, pool, dataset, group_id)
  WHERE d.specialty_primary <> d.last_primary OR d.specialty_secondary <> d.last_secondary
),
levels AS (
  SELECT benchmark, pool, dataset, 'primary' AS level, specialty_primary AS codes, n_items, n_groups, NULL AS group_id FROM uniform
  UNION ALL
  SELECT benchmark, pool, dataset, 'secondary', specialty_secondary, n_items, n_groups, NULL FROM uniform
  UNION ALL
  SELECT benchmark, pool, dataset, 'primary', specialty_primary, 1, 0, group_id FROM mixed
  UNION ALL
  SELECT benchmark, pool, dataset, 'secondary', specialty_secondary, 1, 0, group_id FROM mixed
),
coded AS (
  SELECT * EXCLUDE (codes), trim(unnest(string_split(coalesce(codes, ''), '|'))) AS specialty FROM levels
)
SELECT benchmark, pool, level, specialty, sum(n_items)::BIGINT AS n_items,
       (sum(n_groups) + count(DISTINCT (dataset, group_id)) FILTER (group_id IS NOT NULL))::BIGINT AS n_groups,
       count(DISTINCT dataset) AS n_datasets
FROM coded
GROUP BY benchmark, pool, level, specialty
ORDER BY benchmark, pool, level, specialty
