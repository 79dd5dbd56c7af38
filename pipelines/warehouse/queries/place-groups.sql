-- The independent groups of one benchmark, pool and track, numbered in a fixed order, so that rows of any run can be put
-- together by one small integer. Groups with the same specialties share a `mix`.
CREATE OR REPLACE TEMP TABLE place_groups AS
SELECT (row_number() OVER (ORDER BY dataset, group_id) - 1)::INTEGER AS group_no,
       (dense_rank() OVER (ORDER BY specialties) - 1)::INTEGER AS mix, *
FROM (
  SELECT dataset, group_id, count(DISTINCT item_id) FILTER (excluded IS NULL)::BIGINT AS n_items,
         count(*) FILTER (excluded IS NULL)::BIGINT AS n_variants,
         any_value({'primary': coalesce(specialty_primary, ''), 'secondary': coalesce(specialty_secondary, '')}) AS specialties
  FROM items
  WHERE benchmark = $benchmark AND pool = $pool AND track = $track
  GROUP BY dataset, group_id
);

-- How many items, groups and variants each mix of specialties has in each dataset.
CREATE OR REPLACE TEMP TABLE place_mixes AS
SELECT dataset, mix, count(*)::BIGINT AS n_groups, sum(n_items)::BIGINT AS n_items, sum(n_variants)::BIGINT AS n_variants
FROM place_groups WHERE n_variants > 0
GROUP BY dataset, mix;

-- A mix counts in each of its specialties.
CREATE OR REPLACE TEMP TABLE mix_specialties AS
WITH mixes AS (SELECT DISTINCT mix, specialties FROM place_groups)
SELECT DISTINCT mix, level, trim(code) AS specialty
FROM (
  SELECT mix, 'primary' AS level, unnest(string_split(specialties.primary, '|')) AS code FROM mixes
  UNION ALL
  SELECT mix, 'secondary' AS level, unnest(string_split(specialties.secondary, '|')) AS code FROM mixes
)
WHERE trim(code) <> '';
