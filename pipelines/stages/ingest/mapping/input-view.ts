import { InputError } from "../../../../src/lib/errors.js";
import type { Shape, ShapeKey } from "../../../formats/json/shape.js";
import type { Engine } from "../../../warehouse/engine.js";
import { identifier, literal, literalList } from "../../../warehouse/sql.js";
import { columnType, hasNumbersAsText, isField, mapType, markTexts } from "./column-types.js";
import type { MappingNames } from "./names.js";
import type { TypedColumns } from "./options.js";

/** A file that the engine reads, and its path inside the source. */
export interface ViewFile {
  readonly path: string;
  readonly name: string;
}

/** An input of a mapping as a view of the engine: its columns and the path of the file. */
export interface InputView {
  readonly name: string;
  /** `filename`, or `source_filename` where the data has a column of that name. */
  readonly pathColumn: string;
  /** What the records contain; null for Parquet. */
  readonly shape: Shape | null;
  /** Some numbers are read as text, each as it is written. */
  readonly hasNumbersAsText: boolean;
  /** Things that the user should know. */
  readonly notes: readonly string[];
  /** Adds a column that no record has. @returns whether there was none */
  addColumn(name: string): boolean;
  removeColumn(name: string): void;
  /** Makes the view anew; `textKeys` are the keys whose numbers are read as text if they would else look different. */
  create(textKeys: ReadonlySet<string>): Promise<void>;
}

/** Named as the path, unless the data has such a column. */
export function pathColumnOf(columns: readonly string[]): string {
  const taken = new Set(columns.map((name) => name.toLowerCase()));
  let name = "filename";
  while (taken.has(name)) name = `source_${name}`;
  return name;
}

/** SQL for the path of the file of a row, inside the source. */
function pathOfRow(engine: Engine, files: readonly ViewFile[], isIndexTaken: boolean): string {
  const names = literalList(files.map(({ name }) => name));
  if (!isIndexTaken) return `${names}[(file_index + 1)::BIGINT]`;
  const paths = literalList(files.map(({ path }) => engine.files.path(path)));
  return `${names}[list_position(${paths}, ${identifier(readPath)})]`;
}

/** The column that has the engine's own name of the file, where it is needed. */
const readPath = "medbench path";

interface JsonInput {
  readonly name: string;
  readonly files: readonly ViewFile[];
  readonly shape: Shape;
  /** Length in bytes of the longest record. */
  readonly longest: number;
  /** Columns that the mapping names, with their types. */
  readonly types: TypedColumns | undefined;
  readonly isCsv: boolean;
}

/** A view of JSON records, one on each line of its files. */
export function jsonView(
  engine: Engine,
  { name, files, shape, longest, types, isCsv }: JsonInput,
  names: MappingNames,
): InputView {
  const { keys, notes } = columnKeys(shape, name, names);
  const isMap = types === undefined && mapType(shape) !== null;
  const pathColumn = pathColumnOf(isMap ? ["json"] : shape.keys.map((key) => key.name));
  const isIndexTaken = keys.some((key) => key.name.toLowerCase() === "file_index");
  notes.push(...pathNotes(name, pathColumn));
  const missing = new Missing(shape.keys.map((key) => key.name));
  return {
    name,
    pathColumn,
    shape,
    hasNumbersAsText: hasNumbersAsText(shape),
    notes,
    addColumn: (column) => !isMap && missing.add(column),
    removeColumn: (column) => missing.remove(column),
    async create(textKeys) {
      markTexts(shape, textKeys);
      const columns = isMap
        ? [{ name: "json", type: mapType(shape) as string, select: identifier("json") }]
        : keys.map((key) => columnOf(key, types, isCsv));
      const wanted = types === undefined ? columns : columns.filter((column) => column.name in types);
      const read = wanted.length > 0 ? wanted : [{ name: " ", type: "VARCHAR" }];
      const source = engine.files.read(
        "read_json",
        files.map(({ path }) => path),
        {
          columns: `{${read.map((column) => `${literal(column.name)}: ${literal(column.type)}`).join(", ")}}`,
          format: "'newline_delimited'",
          maximum_object_size: String(Math.max(16 * 2 ** 20, longest + 1024)),
          ...(isMap ? { records: "false" } : {}),
          ...(isIndexTaken ? { filename: literal(readPath) } : {}),
        },
      );
      const selected = [
        ...wanted.map((column) => column.select),
        ...missing.select(),
        `${pathOfRow(engine, files, isIndexTaken)} AS ${identifier(pathColumn)}`,
      ];
      await engine.run(
        `CREATE OR REPLACE TEMP VIEW ${identifier(name)} AS SELECT ${selected.join(", ")} FROM ${source}`,
      );
    },
  };
}

/** Columns that no record has: the mapping uses them, and they are null. */
class Missing {
  readonly #taken: Set<string>;
  readonly #names: string[] = [];

  constructor(columns: readonly string[]) {
    this.#taken = new Set(columns.map((name) => name.toLowerCase()));
  }

  add(name: string): boolean {
    if (this.#taken.has(name.toLowerCase())) return false;
    this.#taken.add(name.toLowerCase());
    this.#names.push(name);
    return true;
  }

  remove(name: string): void {
    const at = this.#names.indexOf(name);
    if (at < 0) return;
    this.#names.splice(at, 1);
    this.#taken.delete(name.toLowerCase());
  }

  select(): string[] {
    return this.#names.map((name) => `NULL AS ${identifier(name)}`);
  }
}

function pathNotes(name: string, pathColumn: string): string[] {
  return pathColumn === "filename"
    ? []
    : [`input ${name} has a column filename of its own; the path of the file is in ${pathColumn}`];
}

function columnOf(key: ShapeKey, types: TypedColumns | undefined, isCsv: boolean) {
  const column = identifier(key.name);
  const given = types?.[key.name];
  if (given === undefined) return { name: key.name, type: columnType(key.shape), select: column };
  return isCsv
    ? { name: key.name, type: "VARCHAR", select: `CAST(${column} AS ${given}) AS ${column}` }
    : { name: key.name, type: given, select: column };
}

/** The keys that become columns: SQL does not tell names apart that differ only in case. */
function columnKeys(shape: Shape, input: string, names: MappingNames): { keys: ShapeKey[]; notes: string[] } {
  const notes: string[] = [];
  const groups = new Map<string, ShapeKey[]>();
  for (const key of shape.keys.filter(isField)) {
    const group = groups.get(key.name.toLowerCase()) ?? [];
    groups.set(key.name.toLowerCase(), [...group, key]);
  }
  for (const key of shape.keys)
    if (!isField(key)) notes.push(`input ${input}: the key ${JSON.stringify(key.name)} cannot be a column`);
  const keys = [...groups.values()].map((group) => {
    const [first] = group as [ShapeKey];
    if (group.length === 1) return first;
    const found = group.map((key) => JSON.stringify(key.name)).join(" and ");
    const meant = group.filter((key) => names.hasSpelling(key.name));
    if (meant.length > 1 || (meant.length === 0 && names.has(first.name))) {
      throw new InputError(
        `input ${input} has the keys ${found}, which SQL does not tell apart, and the mapping uses this name`,
        { hint: "Write the name exactly as one of the keys, or rename the keys in the file." },
      );
    }
    const key = meant[0] ?? first;
    notes.push(
      `input ${input} has the keys ${found}; the column is ${JSON.stringify(key.name)}, and null in records that lack this key`,
    );
    return key;
  });
  return { keys, notes };
}

/** A view of Parquet files. */
export async function parquetView(
  engine: Engine,
  name: string,
  files: readonly ViewFile[],
  settings: Readonly<Record<string, string>>,
): Promise<InputView> {
  const source = engine.files.read(
    "read_parquet",
    files.map(({ path }) => path),
    { union_by_name: "true", ...settings },
  );
  const described = await engine.rows<{ column_name: string }>(`DESCRIBE FROM ${source}`);
  const columns = described.map(({ column_name }) => column_name);
  const pathColumn = pathColumnOf(columns);
  const isIndexTaken = columns.some((column) => column.toLowerCase() === "file_index");
  const missing = new Missing(columns);
  const withPath = isIndexTaken
    ? engine.files.read(
        "read_parquet",
        files.map(({ path }) => path),
        { union_by_name: "true", ...settings, filename: literal(readPath) },
      )
    : source;
  return {
    name,
    pathColumn,
    shape: null,
    hasNumbersAsText: false,
    notes: pathNotes(name, pathColumn),
    addColumn: (column) => missing.add(column),
    removeColumn: (column) => missing.remove(column),
    async create() {
      const selected = [
        ...columns.map(identifier),
        ...missing.select(),
        `${pathOfRow(engine, files, isIndexTaken)} AS ${identifier(pathColumn)}`,
      ];
      await engine.run(
        `CREATE OR REPLACE TEMP VIEW ${identifier(name)} AS SELECT ${selected.join(", ")} FROM ${withPath}`,
      );
    },
  };
}
