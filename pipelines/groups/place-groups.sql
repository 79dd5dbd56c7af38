-- reads: item_groups
-- writes: mix_specialties, place_groups, place_mixes
--
-- Groups of one benchmark, pool and track, from `item_groups`. Groups of a dataset with the same number of items and the
-- same specialties share a `mix`: everything that the roll-up needs about a group besides its scores. A group whose items
-- are all left out has no items.
CREATE OR REPLACE TEMP TABLE place_mixes AS
SELECT (row_number() OVER (ORDER BY dataset, items_per_group, specialty_primary, specialty_secondary) - 1)::INTEGER AS mix, *
FROM (
  SELECT dataset, n_items::BIGINT AS items_per_group, specialty_primary, specialty_secondary,
         count(*)::BIGINT AS n_groups, sum(n_items)::BIGINT AS n_items, sum(n_variants)::BIGINT AS n_variants
  FROM item_groups
  WHERE benchmark = $benchmark AND pool = $pool AND track = $track
  GROUP BY ALL
);

-- Groups numbered in a fixed order, so that rows of different runs can be joined by one small integer.
CREATE OR REPLACE TEMP TABLE place_groups AS
SELECT (row_number() OVER (ORDER BY dataset, group_id) - 1)::INTEGER AS group_no, mix, dataset, group_id
FROM (
  SELECT m.mix, d.dataset, d.group_id
  FROM item_groups AS d
  JOIN place_mixes AS m ON (m.dataset, m.items_per_group, m.specialty_primary, m.specialty_secondary)
                         = (d.dataset, d.n_items, d.specialty_primary, d.specialty_secondary)
  WHERE benchmark = $benchmark AND pool = $pool AND track = $track
);

-- A mix counts in each of its specialties.
CREATE OR REPLACE TEMP TABLE mix_specialties AS
SELECT DISTINCT mix, level, trim(code) AS specialty
FROM (
  SELECT mix, 'primary' AS level, unnest(string_split(specialty_primary, '|')) AS code FROM place_mixes
  UNION ALL
  SELECT mix, 'secondary' AS level, unnest(string_split(specialty_secondary, '|')) AS code FROM place_mixes
)
WHERE trim(code) <> '';
