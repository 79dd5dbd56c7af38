-- The independent groups of one benchmark, pool and track, numbered in a fixed order, so that rows of any run can be put
-- together by one small integer. Groups of a dataset with equally many items and the same specialties share a `mix`: all that
-- the roll-up must know of a group besides its scores. Levels of specialties are read apart, so each has a minimum of its own.
CREATE OR REPLACE TEMP TABLE place_groups AS
WITH described AS (
  SELECT dataset, group_id,
         (count(DISTINCT item_id) FILTER (excluded IS NULL))::INTEGER AS n_items,
         (count(*) FILTER (excluded IS NULL))::INTEGER AS n_variants,
         min(coalesce(specialty_primary, '')) AS specialty_primary, min(coalesce(specialty_secondary, '')) AS specialty_secondary
  FROM items
  WHERE benchmark = $benchmark AND pool = $pool AND track = $track
  GROUP BY dataset, group_id
),
mixes AS (
  SELECT *, (row_number() OVER (ORDER BY dataset, n_items, specialty_primary, specialty_secondary) - 1)::INTEGER AS mix
  FROM (SELECT DISTINCT dataset, n_items, specialty_primary, specialty_secondary FROM described)
)
SELECT (row_number() OVER (ORDER BY dataset, group_id) - 1)::INTEGER AS group_no, mix,
       dataset, group_id, n_items, n_variants, specialty_primary, specialty_secondary
FROM described JOIN mixes USING (dataset, n_items, specialty_primary, specialty_secondary);

-- How many groups, items and variants of a dataset share each mix. A group whose items are all left out has no items.
CREATE OR REPLACE TEMP TABLE place_mixes AS
SELECT mix, min(dataset) AS dataset, min(n_items)::BIGINT AS items_per_group, count(*)::BIGINT AS n_groups,
       sum(n_items)::BIGINT AS n_items, sum(n_variants)::BIGINT AS n_variants,
       min(specialty_primary) AS specialty_primary, min(specialty_secondary) AS specialty_secondary
FROM place_groups
GROUP BY mix;

-- A mix counts in each of its specialties.
CREATE OR REPLACE TEMP TABLE mix_specialties AS
SELECT DISTINCT mix, level, trim(code) AS specialty
FROM (
  SELECT mix, 'primary' AS level, unnest(string_split(specialty_primary, '|')) AS code FROM place_mixes
  UNION ALL
  SELECT mix, 'secondary' AS level, unnest(string_split(specialty_secondary, '|')) AS code FROM place_mixes
)
WHERE trim(code) <> '';
