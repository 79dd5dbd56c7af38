import type { DataFrame } from "danfojs-node";
import { InputError } from "../../src/lib/errors.js";
import { type ColumnKind, type FrameColumn, readColumns } from "./columns.js";

const danfoTypes: Readonly<Record<ColumnKind, string>> = {
  text: "string",
  integer: "int32",
  long: "int32",
  number: "float32",
  flag: "boolean",
  date: "string",
  time: "string",
};

/**
 * A danfo.js data frame of a table or query of the warehouse at `warehouse`. Missing numbers are NaN, which danfo leaves
 * out of its statistics; other missing values are null. Values keep double precision; integers beyond 2^53 lose digits.
 * Dates are ISO text.
 *
 * danfo.js is loaded on first use: it is for analysts; no stage needs it.
 *
 * @example const df = await readFrame("data/warehouse", "task_scores")
 * @throws InputError as `readColumns`, and if the optional package danfojs-node is not installed
 */
export async function readFrame(warehouse: string, source: string): Promise<DataFrame> {
  const columns = await readColumns(warehouse, source);
  const danfo = await loadDanfo();
  const options = { config: {}, columns: columns.map(({ name }) => name), dtypes: columns.map(danfoType) };
  // danfo.js refuses columns of length 0, but not an empty list of rows.
  if ((columns[0]?.values.length ?? 0) === 0) return new danfo.DataFrame([], { columns: options.columns });
  const data = Object.fromEntries(
    columns.map((column) => [column.name, column.values.map(danfoValue(column.kind))]),
  );
  return new danfo.DataFrame(data, options);
}

type Danfo = typeof import("danfojs-node");

async function loadDanfo(): Promise<Danfo> {
  const loaded: Danfo & { default?: Danfo } = await import("danfojs-node").catch((cause) => {
    if ((cause as NodeJS.ErrnoException).code !== "ERR_MODULE_NOT_FOUND") throw cause;
    throw new InputError("readFrame: the optional package danfojs-node is not installed", {
      hint: "Install it next to medbench-workbench (`npm install danfojs-node@1.2.0`), or use toArrow(await readColumns(...)), which needs no further package.",
      cause,
    });
  });
  // A CommonJS package: its names are under `default` in Node, next to it in tsx, and in both places in Vitest.
  return loaded.DataFrame === undefined ? (loaded.default as Danfo) : loaded;
}

function danfoType({ kind, values }: FrameColumn): string {
  // NaN is not an int32.
  return kind !== "flag" && kind !== "text" && values.includes(null) && danfoTypes[kind] === "int32"
    ? "float32"
    : danfoTypes[kind];
}

function danfoValue(kind: ColumnKind): (value: unknown) => unknown {
  switch (kind) {
    case "integer":
    case "long":
    case "number":
      return (value) => (value === null ? Number.NaN : Number(value));
    case "date":
      return (value) => (value instanceof Date ? value.toISOString().slice(0, 10) : null);
    case "time":
      return (value) => (value instanceof Date ? value.toISOString() : null);
    case "text":
    case "flag":
      return (value) => value;
  }
}
