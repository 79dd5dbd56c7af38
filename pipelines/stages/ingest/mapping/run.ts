import { createHash } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { basename, join } from "node:path";
import { type MappedTable, type MappingInput, mappedTables } from "../../../../src/lib/records/mapping.js";
import type { QuarantineReason } from "../../../../src/lib/records/tables.js";
import { type Engine, withEngine } from "../../../warehouse/engine.js";
import { identifier, literal } from "../../../warehouse/sql.js";
import type { IngestContext } from "../context.js";
import type { Source } from "../source.js";
import { nameOf } from "../source-files.js";
import { hasContainers, paddedKeys } from "./column-types.js";
import { droppedRecords, mostDroppedListed } from "./dropped-records.js";
import type { InputView } from "./input-view.js";
import { openInput, type ReadInput, readInput } from "./inputs.js";
import { JsonText } from "./json-text.js";
import { MappingNames } from "./names.js";
import { refuseRow } from "./refused-row.js";
import { selectTable } from "./select.js";
import type { MappingTask } from "./task.js";

/** Rows of one table that a mapping gave, each checked; they are still to be compared with those of other sources. */
export interface MappedRows {
  readonly table: MappedTable;
  readonly source: Source;
  /** Parquet file with the table's columns, `line`, `filename` and, for tables with datasets, `place_*`. */
  readonly file: string;
  /** Name of the table's rows in `source_files` and `quarantine`. */
  readonly ledgerFile: string;
  readonly rowsIn: number;
  readonly mappingHash: string;
  readonly mappingBytes: number;
}

/** With this many input rows or more, a table takes more than a few seconds. */
const longInput = 1_000_000;

/** Runs a mapping in an engine of its own: its expressions see its inputs and no other file or setting. */
export async function runMapping(
  source: Source,
  task: MappingTask,
  context: IngestContext,
): Promise<MappedRows[]> {
  return withEngine(
    async (engine) => {
      const { mapping } = task;
      const inputs = Array.isArray(mapping.input) ? mapping.input : [mapping.input];
      const { views, inputRows, ...shared } = await openInputs(engine, source, task, inputs, context);
      const benchmark = mapping.benchmark ?? source.index.benchmark;
      const knowsDatasets = benchmark === source.index.benchmark;
      await writePlaces(engine, knowsDatasets ? source : null);
      const folder = join(context.scratch, `mapped-${nameOf(source.name, task.file)}`);
      await mkdir(folder, { recursive: true });
      await engine.confine([folder]);
      const bytes = readFileSync(task.file);
      const found: MappedRows[] = [];
      for (const name of mappedTables) {
        const table = mapping.tables[name];
        if (table === undefined) continue;
        if (inputRows >= longInput)
          context.say(`${name} from the ${inputRows.toLocaleString("en")} rows of ${source.name}`);
        const place = {
          file: basename(task.file),
          inputs: views,
          ...shared,
          benchmark,
          pool: source.pool,
          board: source.board,
          knowsDatasets,
        };
        const { relation } = await selectTable(engine, name, table, place);
        const ledgerFile = `${basename(task.file)}: ${name}`;
        const rows = await refuseRows(engine, name, relation, source, ledgerFile, context);
        const rowsIn =
          rows +
          (await listDropped(
            engine,
            table.from,
            {
              inputs: views,
              otherTables: JSON.stringify({ ...mapping.tables, [name]: undefined }),
            },
            { source, ledgerFile },
            context,
          ));
        const file = join(folder, `${name}.parquet`);
        await engine.run(
          engine.files.write(`${goodRows(name)} ORDER BY line`, file, "FORMAT parquet, ROW_GROUP_SIZE 20480"),
        );
        found.push({
          table: name,
          source,
          file,
          ledgerFile,
          rowsIn,
          mappingHash: createHash("sha256").update(bytes).digest("hex"),
          mappingBytes: statSync(task.file).size,
        });
        if (name === "items" && !knowsDatasets) await engine.run(placesOfItems);
        await engine.run(`DROP VIEW typed_${name}; DROP TABLE evaluated_${name}; DROP TABLE refused_${name}`);
      }
      return found;
    },
    { memoryLimit: "600MB", workspace: context.engine.workspace },
  );
}

/** Makes the views of all inputs. A record's JSON text depends on what the records of all inputs have. */
async function openInputs(
  engine: Engine,
  source: Source,
  task: MappingTask,
  inputs: readonly MappingInput[],
  context: IngestContext,
) {
  const names = new MappingNames(task.mapping);
  const read: ReadInput[] = [];
  for (const input of inputs) read.push(await readInput(engine, source, task, input, names, context));
  const shapes = read.map(({ shape }) => shape);
  const canMark = names.writesJson || shapes.some((shape) => hasContainers(shape, names.textKeys));
  const json = new JsonText(paddedKeys(shapes, canMark));
  const views: InputView[] = [];
  let inputRows = 0;
  for (const input of read) {
    const { view, rows } = await openInput(engine, source, input, names, context);
    views.push(view);
    inputRows += rows;
  }
  await json.define(engine);
  const note = (text: string): void => {
    const { ledger } = context;
    const where = `${basename(task.file)}`;
    if (!ledger.notes.some((known) => known.endsWith(text))) ledger.note(source.name, where, text);
  };
  return { views, inputRows, json, textKeys: names.textKeys, note };
}

/** Datasets and their files: where an item's track, dimension and answer type come from. */
async function writePlaces(engine: Engine, source: Source | null): Promise<void> {
  await engine.run(
    "CREATE TEMP TABLE places (dataset VARCHAR, part VARCHAR, track VARCHAR, dimension VARCHAR, answer_type VARCHAR, language VARCHAR)",
  );
  const rows = (source?.index.places() ?? []).map(
    ({ dataset, part, track, dimension, answerType, language }) =>
      `(${[dataset, part, track, dimension, answerType, language].map(literal).join(", ")})`,
  );
  if (rows.length > 0) await engine.run(`INSERT INTO places VALUES ${rows.join(", ")}`);
}

function goodRows(name: MappedTable): string {
  return `SELECT COLUMNS(name -> NOT starts_with(name, 'wrong_')) FROM typed_${name} WHERE line NOT IN (SELECT line FROM refused_${name})`;
}

const placesOfItems = `INSERT INTO places
  SELECT dataset, '', min(track), min(dimension), min(answer_type), min(language)
  FROM (${goodRows("items")}) GROUP BY dataset`;

/**
 * Puts the records that `from` drops into quarantine. Those of an input that another table reads too, such as questions without an
 * answer, are only counted in a note. @returns how many are in quarantine
 */
async function listDropped(
  engine: Engine,
  from: string,
  { inputs, otherTables }: { readonly inputs: readonly InputView[]; readonly otherTables: string },
  where: { readonly source: Source; readonly ledgerFile: string },
  { ledger }: IngestContext,
): Promise<number> {
  if (!/^\s*(select|with|from)\b/i.test(from)) return 0;
  const note = (text: string): void => ledger.note(where.source.name, where.ledgerFile, text);
  const dropped = await droppedRecords(engine, from, inputs).catch((cause: Error) => {
    note(`records that \`from\` drops could not be looked for: ${cause.message.split("\n")[0]}`);
    return [];
  });
  const listed = dropped.filter(
    ({ input, isFirst, why }) =>
      isFirst || why === "unnest" || !new RegExp(`\\b${input}\\b`, "i").test(otherTables),
  );
  for (const input of new Set(dropped.map((record) => record.input))) {
    const counted = dropped.filter((record) => record.input === input && !listed.includes(record));
    const [first] = counted;
    if (first !== undefined)
      note(
        `${counted.length} ${counted.length === 1 ? "record" : "records"} of input ${input} in no row of \`from\`, since the join finds no partner; the first is row ${first.row} of ${first.filename}`,
      );
  }
  if (listed.length > mostDroppedListed)
    note(`\`from\` drops ${listed.length} records; the first ${mostDroppedListed} are in quarantine`);
  for (const { input, row, filename, why } of listed.slice(0, mostDroppedListed)) {
    const reason = why === "unnest" ? "missing_value" : "unknown_item";
    const detail = `no row of \`from\` comes from this record of input ${input}: ${
      why === "unnest"
        ? "its list in unnest is empty, null or absent"
        : "the join finds no partner for it, or the list that it is joined with is empty"
    }`;
    const hash = createHash("sha256").update(detail).digest("hex");
    refuseRow(ledger, where, { line: row, filename, reason, detail, hash, bytes: 0 });
  }
  return Math.min(listed.length, mostDroppedListed);
}

/** Puts the rows that failed a check into quarantine. @returns number of all rows */
async function refuseRows(
  engine: Engine,
  name: MappedTable,
  relation: string,
  source: Source,
  ledgerFile: string,
  { ledger }: IngestContext,
): Promise<number> {
  const bad = await engine.rows<{ line: number; filename: string; reason: QuarantineReason; detail: string }>(
    `SELECT line, filename, reason, detail FROM refused_${name} ORDER BY line`,
  );
  if (bad.length > 0) {
    // Only refused rows are hashed. A row may have a column with any plain name.
    const input = identifier("medbench row");
    const hashes = await engine.rows<{ line: number; hash: string; bytes: number }>(
      `SELECT line, sha256(text) AS hash, strlen(text) AS bytes
       FROM (SELECT row_number() OVER () AS line, CAST(to_json(${input}) AS VARCHAR) AS text FROM (SELECT * FROM ${relation}) AS ${input})
       WHERE line IN (SELECT line FROM refused_${name})`,
    );
    const byLine = new Map(hashes.map((row) => [row.line, row]));
    for (const row of bad) {
      const { hash, bytes } = byLine.get(row.line) ?? { hash: "", bytes: 0 };
      refuseRow(ledger, { source, ledgerFile }, { ...row, hash, bytes });
    }
  }
  const { n } = await engine.row<{ n: number }>(`SELECT count(*) AS n FROM typed_${name}`);
  return n;
}
