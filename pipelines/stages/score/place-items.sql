-- reads: items, items_private, place_groups
-- writes: choice_letters, item_golds, place_items
--
-- What the runs of one benchmark, pool and track have to answer, and what their answers are compared with.
CREATE OR REPLACE TEMP TABLE place_items AS
SELECT i.dataset, i.item_id, i.variant, i.group_id, p.group_no, i.part, i.has_gold, i.excluded
FROM items AS i
JOIN place_groups AS p USING (dataset, group_id)
WHERE i.benchmark = $benchmark AND i.pool = $pool AND i.track = $track;

-- Option letters of each item as one string, for the reader's rules.
CREATE OR REPLACE TEMP TABLE choice_letters AS
SELECT dataset, item_id, variant, upper(array_to_string(json_keys(options), '')) AS letters
FROM items_private
WHERE benchmark = $benchmark AND pool = $pool AND json_type(options) = 'OBJECT';

-- The gold letter, if it is an option of the item, and how many key points the item has; NULL where there is no gold yet.
CREATE OR REPLACE TEMP TABLE item_golds AS
SELECT dataset, item_id, variant,
       CASE WHEN regexp_full_match(gold_text, '[A-Z]') AND contains(coalesce(letters, $default_letters), gold_text) THEN gold_text END AS letter,
       CASE WHEN key_points IS NOT NULL THEN json_array_length(key_points) WHEN gold IS NOT NULL THEN 0 END AS points
FROM (
  SELECT *, upper(trim(json_extract_string(gold, '$'))) AS gold_text FROM items_private WHERE benchmark = $benchmark AND pool = $pool
)
LEFT JOIN choice_letters USING (dataset, item_id, variant);
