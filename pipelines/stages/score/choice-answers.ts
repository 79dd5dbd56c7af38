import { choiceReadingQuery } from "./choice-reader-sql.js";

const key = "run_no, dataset, item_id, variant, condition, repeat";
const arrived = `(raw IS NULL OR NOT regexp_matches(raw, '[^\\s\\p{Z}\\p{Cc}\\x{200b}\\x{feff}]')) AS is_empty, raw IS NULL AS is_withheld,
         error IS NOT NULL AS failed, finish_reason,
         upper(trim(source_parsed)) AS source_parsed`;

/**
 * Query for one narrow row per response of the batch's runs: whether there was an answer and, for choices, which letter the
 * reader's rules find. The text is scanned once and does not leave DuckDB, except where `needs_reader` says that only
 * the option texts can decide.
 */
export function answersSelect(): string {
  const responses = (condition: string) => `
    SELECT r.*, e.letters, e.asked_otherwise
    FROM batch_responses AS r
    JOIN (
      SELECT x.run_no, x.dataset, x.item_id, x.variant, x.condition, x.repeat, o.letters, q.item_id IS NOT NULL AS asked_otherwise
      FROM expected AS x
      LEFT JOIN choice_letters AS o USING (dataset, item_id, variant)
      LEFT JOIN asked_otherwise AS q USING (dataset, item_id, variant)
      WHERE ${condition} EXISTS (FROM jobs WHERE jobs.dataset = x.dataset AND (jobs.part = '' OR jobs.part = x.part) AND jobs.reads = 'letters')
    ) AS e USING (${key})`;
  return `
  SELECT ${key}, ${arrived},
         choice_letters AS letters, choice_read_by AS read_by, choice_status AS status, choice_needs_reader AS needs_reader
  FROM (${choiceReadingQuery(`(${responses("")})`, { text: "raw", letters: "letters", askedOtherwise: "asked_otherwise" })})
  UNION ALL
  SELECT ${key}, ${arrived}, NULL AS letters, NULL AS read_by, NULL AS status, FALSE AS needs_reader
  FROM (${responses("NOT")})`;
}
