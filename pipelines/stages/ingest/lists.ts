import { basename } from "node:path";
import type { QuarantineReason } from "../../../src/lib/records/tables.js";
import { type CsvFile, CsvRefusal, readCsv } from "../../formats/csv/list.js";
import { type IngestContext, scratchFile } from "./context.js";
import { JsonRows } from "./json-rows.js";
import type { Source } from "./source.js";

interface ListFile {
  readonly role: "crosswalk" | "systems";
  readonly required: readonly string[];
  readonly columns: Readonly<Record<string, string>>;
  /** Columns that identify a row; a second row with the same values is not taken. */
  readonly key: readonly string[];
  /** What is wrong with a row, if anything. */
  readonly check?: (
    values: Readonly<Record<string, string>>,
    source: Source,
  ) => [reason: QuarantineReason, detail: string] | null;
}

const crosswalk: ListFile = {
  role: "crosswalk",
  required: ["dataset", "item_id", "specialty_primary"],
  columns: {
    benchmark: "VARCHAR",
    dataset: "VARCHAR",
    item_id: "VARCHAR",
    pool: "VARCHAR",
    specialty_primary: "VARCHAR",
    specialty_secondary: "VARCHAR",
  },
  key: ["dataset", "item_id", "pool"],
  check: ({ dataset = "", item_id, specialty_primary }, { index }) => {
    if (!index.datasets.has(dataset))
      return ["unknown_dataset", `the catalogue has no dataset ${JSON.stringify(dataset)}`];
    if (item_id === undefined) return ["missing_id", "no item_id"];
    return specialty_primary === undefined ? ["missing_value", "no specialty_primary"] : null;
  },
};

const systems: ListFile = {
  role: "systems",
  required: ["system"],
  columns: {
    system: "VARCHAR",
    kind: "VARCHAR",
    family: "VARCHAR",
    organisation: "VARCHAR",
    access: "VARCHAR",
    parameters: "VARCHAR",
    track: "VARCHAR",
    scaffold: "VARCHAR",
    backbone: "VARCHAR",
    temperature: "VARCHAR",
    max_tokens: "VARCHAR",
    context: "VARCHAR",
    submitted_at: "VARCHAR",
  },
  key: ["system", "track"],
  check: ({ system, kind = "model", ...values }) => {
    if (system === undefined) return ["missing_id", "no system"];
    if (!["model", "agent", "human"].includes(kind))
      return ["wrong_type", `kind is ${JSON.stringify(kind)}; expected model, agent or human`];
    for (const name of ["parameters", "temperature", "max_tokens", "context"]) {
      const value = values[name];
      if (value !== undefined && !Number.isFinite(Number(value)))
        return ["wrong_type", `${name} is ${JSON.stringify(value)}; expected a number`];
    }
    return null;
  },
};

/** Takes the lists that come with a cycle: the specialties of items, and what is known about each system. */
export async function ingestLists(sources: readonly Source[], context: IngestContext): Promise<void> {
  for (const list of [crosswalk, systems]) {
    const rows = new JsonRows(scratchFile(context, `${list.role}.jsonl`), list.columns);
    const seen = new Set<string>();
    for (const source of sources.filter(({ task }) => "role" in task && task.role === list.role))
      takeList(list, source, rows, seen, context);
    await rows.appendTo(context.engine, `${list.role}_rows`);
  }
}

/** Says how many rows of the crosswalk are about items that nobody gave: their specialties are in no table. Needs all items. */
export async function noteUnmatchedRows(sources: readonly Source[], context: IngestContext): Promise<void> {
  const lists = sources.filter(({ task }) => "role" in task && task.role === crosswalk.role);
  const [first] = lists;
  if (first === undefined) return;
  const { n, total, example } = await context.engine.row<{
    n: number;
    total: number;
    example: string | null;
  }>(
    `SELECT count(*) FILTER (NOT known) AS n, count(*) AS total, min(concat_ws(' ', dataset, item_id)) FILTER (NOT known) AS example
     FROM (
       SELECT dataset, item_id, EXISTS (
         FROM item_rows AS i WHERE (i.benchmark, i.dataset, i.item_id) = (c.benchmark, c.dataset, c.item_id) AND i.pool = coalesce(c.pool, i.pool)
       ) AS known
       FROM crosswalk_rows AS c
     )`,
  );
  if (n === 0) return;
  const where = lists.length === 1 ? basename(first.path) : `${lists.length} crosswalks`;
  context.ledger.note(
    first.name,
    where,
    `${n} of ${total} rows are about items that no source has, such as ${example}; check dataset, item_id and pool`,
  );
}

function takeList(
  list: ListFile,
  source: Source,
  rows: JsonRows,
  seen: Set<string>,
  context: IngestContext,
): void {
  const { ledger, scans, fileDone } = context;
  const name = basename(source.path);
  const where = { source: source.name, file: name, onDisk: source.path };
  const { sha256, bytes } = scans.of(source.path);
  let file: CsvFile;
  try {
    file = readCsv(source.path, list.required);
  } catch (error) {
    if (!(error instanceof CsvRefusal)) throw error;
    const detail = `${error.message.replace(`${source.path} `, "")}. ${error.hint ?? ""}`.trim();
    ledger.refuse(source.name, name, error.reason, detail, sha256, bytes);
    fileDone(source.path);
    return;
  }
  const { columns, records, notes } = file;
  const unused = columns.filter((column) => !(column in list.columns) || column === "benchmark");
  if (unused.length > 0) ledger.note(source.name, name, `columns that are not used: ${unused.join(", ")}`);
  for (const note of notes) ledger.note(source.name, name, note);
  let taken = 0;
  for (const { values, problem, ...span } of records) {
    const wrong =
      problem === null ? (list.check?.(values, source) ?? null) : (["bad_csv_record", problem] as const);
    const key = JSON.stringify([source.index.benchmark, ...list.key.map((column) => values[column] ?? null)]);
    if (wrong !== null) ledger.line(where, span, wrong[0], wrong[1]);
    else if (seen.has(key))
      ledger.line(where, span, "duplicate_item", `an earlier row has the same ${list.key.join(", ")}`);
    else {
      seen.add(key);
      taken += 1;
      const known = Object.keys(list.columns).map((column) => [column, values[column] ?? null] as const);
      rows.add({
        ...Object.fromEntries(known),
        ...("benchmark" in list.columns ? { benchmark: source.index.benchmark } : {}),
      });
    }
  }
  ledger.file({
    source: source.name,
    file: name,
    role: list.role,
    sha256,
    bytes,
    rows_in: records.length,
    rows_out: taken,
    path: "line by line",
  });
  fileDone(source.path);
}
