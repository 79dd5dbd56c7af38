import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir, totalmem } from "node:os";
import { join, resolve } from "node:path";
import {
  type DuckDBConnection,
  DuckDBInstance,
  type DuckDBMaterializedResult,
  type DuckDBResultReader,
  type DuckDBValue,
  type Json,
} from "@duckdb/node-api";
import { InputError } from "../../src/lib/errors.js";
import type { Row, TableName } from "../../src/lib/records/tables.js";
import { EngineFiles } from "./engine-files.js";
import { keepTextExact } from "./exact-text.js";
import { bytesOf, settingsFile, workspaceSettings } from "./settings.js";
import { identifier, literalList } from "./sql.js";

keepTextExact();

/** A row of a query whose columns are not known beforehand. */
export type PlainRow = Record<string, unknown>;

export interface TableQuery<Column> {
  /** Leaves out repeated rows. */
  readonly distinct?: boolean;
  /** SQL condition on the rows; values go through `parameters`. */
  readonly where?: string;
  readonly orderBy?: readonly Column[];
  readonly limit?: number;
  readonly parameters?: Record<string, DuckDBValue>;
}

export interface EngineOptions {
  readonly threads?: number;
  /** DuckDB's buffer limit where the workspace sets none; the process may take up to 1.6 times as much. */
  readonly memoryLimit?: string;
  /** The workspace whose settings apply. */
  readonly workspace?: string | undefined;
  /** Part of the workspace's memory that this engine gets, if several work at a time. Default 1. */
  readonly memoryShare?: number;
}

/** The only place that opens DuckDB: with fixed insertion order and thread count, so that equal inputs give equal bytes. */
export class Engine {
  readonly connection: DuckDBConnection;
  /** How the engine reads and writes files. */
  readonly files: EngineFiles;
  /** The workspace whose settings apply, if any. */
  readonly workspace: string | undefined;
  readonly #instance: DuckDBInstance;
  readonly #scratch: string;
  readonly #memory: EngineMemory;

  constructor(
    instance: DuckDBInstance,
    connection: DuckDBConnection,
    { scratch, memory }: { readonly scratch: string; readonly memory: EngineMemory },
  ) {
    this.#instance = instance;
    this.connection = connection;
    this.#scratch = scratch;
    this.#memory = memory;
    this.workspace = memory.workspace;
    this.files = new EngineFiles(join(scratch, "files"));
  }

  async run(sql: string, parameters?: Record<string, DuckDBValue> | DuckDBValue[]): Promise<void> {
    await this.#explained(this.connection.run(sql, parameters));
  }

  /**
   * Columns of a warehouse table that `attachTables` has attached; the rows have the types of the table's definition.
   *
   * @example await engine.table("runs", ["run_id", "system"], { where: "track = $track", parameters: { track } })
   */
  table<Name extends TableName, const Column extends keyof Row<Name> & string>(
    name: Name,
    columns: readonly Column[],
    { distinct = false, where, orderBy = [], limit, parameters }: TableQuery<keyof Row<Name> & string> = {},
  ): Promise<Row<Name, Column>[]> {
    const parts = [
      `SELECT ${distinct ? "DISTINCT " : ""}${columns.map(identifier).join(", ")} FROM ${identifier(name)}`,
      ...(where === undefined ? [] : [`WHERE ${where}`]),
      ...(orderBy.length === 0 ? [] : [`ORDER BY ${orderBy.map(identifier).join(", ")}`]),
      ...(limit === undefined ? [] : [`LIMIT ${limit}`]),
    ];
    return this.rows<Row<Name, Column>>(parts.join(" "), parameters);
  }

  /**
   * All rows of a query as plain records; whole numbers come back as JavaScript numbers, dates as ISO text. The caller
   * states what a row is, from `Row<table, columns>` where columns of a table come back under their own names.
   */
  async rows<T extends object = PlainRow>(
    sql: string,
    parameters?: Record<string, DuckDBValue> | DuckDBValue[],
  ): Promise<T[]> {
    const reader = await this.reader(sql, parameters);
    return reader.getRowObjectsJS().map(plainRow) as T[];
  }

  /** The columns, types and values of a query as DuckDB's client gives them. */
  reader(sql: string, parameters?: Record<string, DuckDBValue> | DuckDBValue[]): Promise<DuckDBResultReader> {
    return this.#explained(this.connection.runAndReadAll(sql, parameters));
  }

  /** The result of a statement, whose chunks become JavaScript values one at a time. */
  result(sql: string): Promise<DuckDBMaterializedResult> {
    return this.#explained(this.connection.run(sql));
  }

  /**
   * The rows of a query as arrays, in chunks, so that only a few are JavaScript values at a time. They go through a temporary
   * table: DuckDB waits forever on the stream of a query whose last pipelines are several (`UNION ALL`, outer joins) once
   * all of them are full (duckdb/duckdb#22215). Until the last chunk, only appenders may run on this engine.
   */
  async *pieces(sql: string, parameters?: Record<string, DuckDBValue>): AsyncGenerator<DuckDBValue[][]> {
    await this.run(`CREATE OR REPLACE TEMP TABLE streamed AS ${sql}`, parameters);
    const result = await this.connection.stream("FROM streamed");
    yield* result.yieldRows();
    await this.run("DROP TABLE streamed");
  }

  /** Errors name the user's files, and how to raise a memory limit that was too low. */
  async #explained<T>(work: Promise<T>): Promise<T> {
    try {
      return await work;
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      error.message = this.files.withGivenNames(error.message);
      throw isOutOfMemory(error) ? outOfMemory(error, this.#memory) : error;
    }
  }

  /** The single row of a query that always has one; see `rows`. */
  async row<T extends object = PlainRow>(
    sql: string,
    parameters?: Record<string, DuckDBValue> | DuckDBValue[],
  ): Promise<T> {
    const [first] = await this.rows<T>(sql, parameters);
    if (first === undefined) throw new Error(`the query gave no row: ${sql.slice(0, 200)}`);
    return first;
  }

  /**
   * From now on the engine reads only the files that `files` has numbered so far, writes only below the given folders,
   * and loads no extension; no statement can undo this. Statements of others need `queryProblem` or `expressionProblem`
   * as well, because DuckDB lets an engine write to every file that it may read.
   */
  async confine(writable: readonly string[] = []): Promise<void> {
    await this.run(`SET allowed_paths = ${literalList(this.files.all())}`);
    await this.run(`SET allowed_directories = ${literalList(writable.map((folder) => resolve(folder)))}`);
    await this.run("SET allow_community_extensions = false");
    await this.run("SET enable_external_access = false");
    await this.run("SET lock_configuration = true");
  }

  async close(): Promise<void> {
    this.connection.closeSync();
    this.#instance.closeSync();
    await rm(this.#scratch, { recursive: true, force: true });
  }
}

export async function openEngine({
  threads = 2,
  memoryLimit = "700MB",
  memoryShare = 1,
  workspace,
}: EngineOptions = {}): Promise<Engine> {
  const { memory: setting } = workspace === undefined ? {} : await workspaceSettings(workspace);
  const limit =
    setting === undefined ? memoryLimit : `${Math.floor((bytesOf(setting) * memoryShare) / 1e6)}MB`;
  const scratch = await mkdtemp(join(tmpdir(), "medbench-duckdb-"));
  await mkdir(join(scratch, "files"));
  const instance = await DuckDBInstance.create(":memory:", {
    threads: String(threads),
    memory_limit: limit,
    temp_directory: join(scratch, "spill"),
    preserve_insertion_order: "true",
    // No downloads while a pipeline runs.
    autoinstall_known_extensions: "false",
    autoload_known_extensions: "false",
  });
  return new Engine(instance, await instance.connect(), {
    scratch,
    memory: { limit, setting: setting ?? memoryLimit, workspace },
  });
}

interface EngineMemory {
  /** What the engine may use. */
  readonly limit: string;
  /** What `memory` in the settings of the workspace is, or would be. */
  readonly setting: string;
  readonly workspace: string | undefined;
}

function isOutOfMemory({ message }: Error): boolean {
  return /^Out of Memory Error/.test(message) && !message.includes("max_temp_directory_size");
}

function outOfMemory(cause: Error, { limit, setting, workspace }: EngineMemory): InputError {
  const twice = `${Math.ceil((bytesOf(setting) * 2) / 1e6)}MB`;
  const file =
    workspace === undefined ? "settings.yaml in the folder of the workspace" : settingsFile(workspace);
  return new InputError(
    `the engine ran out of memory: its limit is ${limit} (${cause.message.split("\n")[0]})`,
    {
      hint: `Write \`schema: medbench-settings/1\` and \`memory: ${twice}\` into ${file} and run the command again; the machine has ${Math.round(totalmem() / 1e6)}MB.`,
      cause,
    },
  );
}

/** Runs `work` with an engine of its own and closes it afterwards, even on an error. */
export async function withEngine<T>(
  work: (engine: Engine) => Promise<T>,
  options: EngineOptions = {},
): Promise<T> {
  const engine = await openEngine(options);
  try {
    return await work(engine);
  } finally {
    await engine.close();
  }
}

function plainRow(row: PlainRow): PlainRow {
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, plainValue(value)]));
}

function plainValue(value: unknown): unknown {
  if (typeof value === "bigint") return Number(value);
  if (value instanceof Date) {
    const iso = value.toISOString();
    return iso.endsWith("T00:00:00.000Z") ? iso.slice(0, 10) : iso;
  }
  if (Array.isArray(value)) return value.map(plainValue);
  if (value !== null && typeof value === "object" && value.constructor === Object)
    return plainRow(value as PlainRow);
  return value as Json;
}
