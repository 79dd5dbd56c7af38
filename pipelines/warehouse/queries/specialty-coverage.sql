-- How many items each specialty has, and how many have none, per benchmark and pool. Items are counted by group and by the
-- few texts of codes that occur before codes are taken apart; a group whose items carry different codes is named, so that it
-- counts once in a specialty. An item that is the only one of its group bears its name: such names need no sorting out.
WITH coded_groups AS MATERIALIZED (
  SELECT benchmark, pool, dataset, group_id, specialty_primary, specialty_secondary,
         count(DISTINCT item_id) FILTER (item_id <> group_id) + bool_or(item_id = group_id)::BIGINT AS n_items
  FROM items
  GROUP BY benchmark, pool, dataset, group_id, specialty_primary, specialty_secondary
),
divided AS (
  SELECT benchmark, pool, dataset, group_id FROM coded_groups GROUP BY benchmark, pool, dataset, group_id HAVING count(*) > 1
),
texts AS (
  SELECT g.benchmark, g.pool, g.dataset, d.group_id, g.specialty_primary, g.specialty_secondary,
         sum(g.n_items) AS n_items, count(*) FILTER (d.group_id IS NULL) AS n_groups
  FROM coded_groups AS g LEFT JOIN divided AS d USING (benchmark, pool, dataset, group_id)
  GROUP BY g.benchmark, g.pool, g.dataset, d.group_id, g.specialty_primary, g.specialty_secondary
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
