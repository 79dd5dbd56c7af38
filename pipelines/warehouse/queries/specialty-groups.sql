-- Which specialties a group belongs to, and how many items and expected variants it has. A group in two specialties
-- counts in both; items outside the scores do not count.
CREATE OR REPLACE TEMP TABLE group_items AS
SELECT dataset, group_id, count(DISTINCT item_id)::BIGINT AS n_items, count(*)::BIGINT AS n_variants,
       any_value(specialty_primary) AS specialty_primary, any_value(specialty_secondary) AS specialty_secondary
FROM items
WHERE benchmark = $benchmark AND pool = $pool AND track = $track AND excluded IS NULL
GROUP BY dataset, group_id;

CREATE OR REPLACE TEMP TABLE group_specialties AS
SELECT dataset, group_id, n_items, n_variants, 'primary' AS level, trim(code) AS specialty
FROM group_items, unnest(string_split(specialty_primary, '|')) AS t(code) WHERE trim(code) <> ''
UNION ALL
SELECT dataset, group_id, n_items, n_variants, 'secondary' AS level, trim(code) AS specialty
FROM group_items, unnest(string_split(specialty_secondary, '|')) AS t(code) WHERE trim(code) <> '';
