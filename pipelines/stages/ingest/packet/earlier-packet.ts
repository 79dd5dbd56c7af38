import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parse } from "yaml";
import { type Mapping, mappingSchema } from "../../../../src/lib/records/mapping.js";
import type { PacketTask } from "./task.js";

/**
 * Earlier versions of `medbench rating-packet` wrote mappings instead of `packet.yaml`: `from-forms.yaml` and
 * `from-sheets.yaml`. Such a file is recognized by its statement, which changed every grade that is not a plain
 * number to "could not rate" and dropped rows with an unknown code. The packet is read as one of today.
 *
 * @returns null for any other mapping, also for one that was edited
 */
export function earlierPacket(file: string, mapping: Mapping): PacketTask | null {
  const { ratings, ...others } = mapping.tables;
  if (ratings === undefined || Object.keys(others).length > 0) return null;
  const from = ratings.from.replace(/\s+/g, " ").trim();
  const sheet = sheetStatement.exec(from);
  if (sheet === null && from !== formStatement) return null;
  const { scale_min, scale_max, batch, ...columns } = ratings.columns;
  const rest = Object.entries(columns).sort(([a], [b]) => (a < b ? -1 : 1));
  if (
    JSON.stringify(rest) !==
    JSON.stringify(Object.entries(earlierColumns).sort(([a], [b]) => (a < b ? -1 : 1)))
  )
    return null;
  const [min, max] = [Number(scale_min), Number(scale_max)];
  const id = /^'(.+)'$/s.exec(String(batch))?.[1]?.replaceAll("''", "'");
  if (!(Number.isInteger(min) && Number.isInteger(max) && min < max) || id === undefined) return null;
  const criteria = sheet === null ? criteriaOfSheets(file) : namesOf(sheet[1] as string);
  return { file, packet: { id, scale: { min, max, step: 1 }, criteria, raters: null } };
}

const formStatement =
  "SELECT * FROM (SELECT code, rater, criterion, CAST(value AS VARCHAR) AS grade, rated_at FROM given) AS g JOIN key USING (code)";
const sheetStatement =
  /^SELECT \* FROM \(SELECT code, rater, criterion, nullif\(trim\(grade\), ''\) AS grade, NULL AS rated_at FROM given UNPIVOT \(grade FOR criterion IN \((".*")\)\)\) AS g JOIN key USING \(code\)$/;

const earlierColumns = {
  run_id: "run_id",
  dataset: "dataset",
  pool: "pool",
  item_id: "item_id",
  variant: "variant",
  condition: "condition",
  repeat: "repeat",
  rater: "rater",
  criterion: "criterion",
  raw: "grade",
  value: "TRY_CAST(grade AS DOUBLE)",
  role: "'physician'",
  blinded: "true",
  inclusion_probability: "inclusion_probability",
  rated_at: "rated_at",
};

function namesOf(list: string): string[] {
  return [...list.matchAll(/"((?:[^"]|"")*)"/g)].map(([, name]) => (name as string).replaceAll('""', '"'));
}

/** The criteria are only in the mapping of the sheets, next to that of the forms. */
function criteriaOfSheets(formsFile: string): readonly string[] | null {
  const file = join(dirname(formsFile), "from-sheets.yaml");
  if (!existsSync(file)) return null;
  const mapping = mappingSchema.safeParse(parse(readFileSync(file, "utf8")));
  const found = mapping.success ? sheetStatement.exec(mapping.data.tables.ratings?.from ?? "") : null;
  return found === null ? null : namesOf(found[1] as string);
}
