/**
 * What was wrong with a line or a file that was not accepted: the stable codes of `quarantine.reason`. `docs/ingest.md`
 * explains each, and the report has a text for it in every language.
 */
export const quarantineReasons = [
  "not_json",
  "truncated_line",
  "not_an_object",
  "invalid_utf8",
  "nul_byte",
  "lone_surrogate",
  "nan",
  "duplicate_key",
  "line_too_long",
  "missing_question",
  "missing_id",
  "missing_value",
  "missing_gold",
  "wrong_type",
  "wrong_value",
  "unknown_dataset",
  "wrong_dataset",
  "unknown_item",
  "unknown_variant",
  "duplicate_item",
  "bad_csv_record",
  "not_parquet",
  "empty_file",
  "gzip_damaged",
  "gzip_bomb",
  "symlink_outside",
  "zip_path_traversal",
  "zip_absolute_path",
  "zip_symlink",
  "zip_encrypted",
  "zip_nested_archive",
  "zip_bomb",
  "zip_name_not_utf8",
  "zip_bad_name",
  "zip_duplicate_name",
  "zip_damaged",
] as const;

export type QuarantineReason = (typeof quarantineReasons)[number];
