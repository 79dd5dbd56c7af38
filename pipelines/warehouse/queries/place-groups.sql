-- The independent groups of one benchmark, pool and track: items and variants that count, and specialties. Levels of specialties
-- are read apart, so each has a minimum of its own. An item that is the only one of its group bears its name: such names need
-- no sorting out.
CREATE OR REPLACE TEMP TABLE described_groups AS
SELECT dataset, group_id,
       (count(DISTINCT item_id) FILTER (excluded IS NULL AND item_id <> group_id)
         + coalesce(bool_or(excluded IS NULL AND item_id = group_id), FALSE)::INTEGER)::INTEGER AS n_items,
       (count(*) FILTER (excluded IS NULL))::INTEGER AS n_variants,
       min(coalesce(specialty_primary, '')) AS specialty_primary, min(coalesce(specialty_secondary, '')) AS specialty_secondary
FROM items
WHERE benchmark = $benchmark AND pool = $pool AND track = $track
GROUP BY dataset, group_id;

-- Groups of a dataset with equally many items and the same specialties share a `mix`: all that the roll-up must know of a
-- group besides its scores. A group whose items are all left out has no items.
CREATE OR REPLACE TEMP TABLE place_mixes AS
SELECT (row_number() OVER (ORDER BY dataset, items_per_group, specialty_primary, specialty_secondary) - 1)::INTEGER AS mix, *
FROM (
  SELECT dataset, n_items::BIGINT AS items_per_group, specialty_primary, specialty_secondary,
         count(*)::BIGINT AS n_groups, sum(n_items)::BIGINT AS n_items, sum(n_variants)::BIGINT AS n_variants
  FROM described_groups
  GROUP BY ALL
);

-- Groups numbered in a fixed order, so that rows of any run can be put together by one small integer.
CREATE OR REPLACE TEMP TABLE place_groups AS
SELECT (row_number() OVER (ORDER BY dataset, group_id) - 1)::INTEGER AS group_no, mix, dataset, group_id
FROM (
  SELECT m.mix, d.dataset, d.group_id
  FROM described_groups AS d
  JOIN place_mixes AS m ON (m.dataset, m.items_per_group, m.specialty_primary, m.specialty_secondary)
                         = (d.dataset, d.n_items, d.specialty_primary, d.specialty_secondary)
);

DROP TABLE described_groups;

-- A mix counts in each of its specialties.
CREATE OR REPLACE TEMP TABLE mix_specialties AS
SELECT DISTINCT mix, level, trim(code) AS specialty
FROM (
  SELECT mix, 'primary' AS level, unnest(string_split(specialty_primary, '|')) AS code FROM place_mixes
  UNION ALL
  SELECT mix, 'secondary' AS level, unnest(string_split(specialty_secondary, '|')) AS code FROM place_mixes
)
WHERE trim(code) <> '';
