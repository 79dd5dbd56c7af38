-- reads: items_private, kinds
-- writes: gold_letters
--
-- Gold letters of a place's single-choice items.
CREATE OR REPLACE TEMP TABLE gold_letters AS
SELECT dataset, item_id, variant, upper(trim(json_extract_string(gold, '$'))) AS gold
FROM items_private
WHERE benchmark = $benchmark AND pool = $pool AND gold IS NOT NULL
  AND dataset IN (SELECT dataset FROM kinds WHERE kind = 'all_right')
