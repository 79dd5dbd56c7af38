-- reads: items_private
-- writes: choice_letters
--
-- Option letters of each item as one string, for the reader's rules.
CREATE OR REPLACE TEMP TABLE choice_letters AS
SELECT dataset, item_id, variant, upper(array_to_string(json_keys(options), '')) AS letters
FROM items_private
WHERE benchmark = $benchmark AND pool = $pool AND json_type(options) = 'OBJECT'
