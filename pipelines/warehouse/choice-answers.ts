/** Narrow row per response of a run: did anything come, and what the choice reader makes of it in SQL. */
export function answersSelect(): string {
  return `
SELECT r.dataset, r.item_id, r.variant, r.condition, r.repeat,
       (r.raw IS NULL OR trim(r.raw) = '') AS is_empty, r.error IS NOT NULL AS failed, r.finish_reason,
       upper(trim(r.source_parsed)) AS source_parsed,
       NULL::VARCHAR AS letters, NULL::VARCHAR AS read_by, NULL::VARCHAR AS status,
       e.is_choice AS needs_reader
FROM (SELECT * FROM responses WHERE run_id = $run_id) AS r
JOIN (
  SELECT x.*, x.dataset IN (SELECT dataset FROM jobs WHERE scorer = 'choice') AS is_choice FROM expected AS x
) AS e USING (dataset, item_id, variant, condition, repeat)`;
}
