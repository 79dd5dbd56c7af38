-- reads: items, items_private, place_groups
-- writes: pool_items, shared_prompts
--
-- The prompts of two places (benchmark, pool, track) that count, with what they contain. Text that a place does not have is unknown,
-- not changed; a reference answer that only one of them has is a change. Folders of images differ between pools, names do not.
CREATE OR REPLACE TEMP TABLE pool_items AS
SELECT i.side, i.dataset, i.item_id, i.variant, i.group_id,
       nullif(trim(regexp_replace(nfc_normalize(p.question), '\s+', ' ', 'g')), '') AS question,
       nullif(trim(regexp_replace(nfc_normalize(p.options), '\s+', ' ', 'g')), '') AS options,
       regexp_replace(p.media, '[^",\[\]]*/', '', 'g') AS media,
       concat_ws(chr(30), coalesce(p.gold, ''), coalesce(p.key_points, '')) AS gold
FROM (
  SELECT 0 AS side, * FROM items WHERE benchmark = $first_benchmark AND pool = $first_pool AND track = $first_track
  UNION ALL
  SELECT 1 AS side, * FROM items WHERE benchmark = $second_benchmark AND pool = $second_pool AND track = $second_track
) AS i
LEFT JOIN items_private AS p USING (benchmark, dataset, pool, item_id, variant)
WHERE i.excluded IS NULL;

-- Those that both places have, in the groups of the first. `change` names the first part that differs.
CREATE OR REPLACE TEMP TABLE shared_prompts AS
SELECT f.dataset, f.item_id, f.variant, g.group_no,
       CASE WHEN f.question <> s.question OR f.media <> s.media THEN 'question'
            WHEN f.options <> s.options THEN 'options'
            WHEN f.gold <> s.gold THEN 'gold' END AS change
FROM (FROM pool_items WHERE side = 0) AS f
JOIN (FROM pool_items WHERE side = 1) AS s USING (dataset, item_id, variant)
JOIN place_groups AS g ON (g.dataset, g.group_id) = (f.dataset, f.group_id);
