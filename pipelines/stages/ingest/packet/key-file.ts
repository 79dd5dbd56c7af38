import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { InputError } from "../../../../src/lib/errors.js";
import type { ResponseKey } from "../../../../src/lib/records/tables.js";
import { faultInWords } from "../../../formats/csv/records.js";
import { parseSheet, plainName } from "../../../formats/csv/sheet.js";
import { unknownEncoding } from "../../../formats/text-encoding/decode.js";
import { decodeSmallText } from "../../../formats/text-encoding/small-text.js";
import type { IngestContext } from "../context.js";
import type { Source } from "../source.js";

/** The answer that a code stands for. */
export interface KeyRow extends ResponseKey {
  readonly code: string;
  readonly inclusion_probability: number | null;
  /** Who was asked to rate it; null in packets of earlier versions. */
  readonly raters: readonly string[] | null;
}

/** Codes of a packet. */
export interface PacketKey {
  /** The answer of a code as written: blanks around it, upper case and other dashes do not matter if one code remains. */
  readonly find: (written: string) => KeyRow | null;
  readonly example: string;
}

const texts = ["code", "run_id", "benchmark", "dataset", "pool", "item_id", "condition"] as const;
const required = [...texts, "variant", "repeat", "inclusion_probability"];

/**
 * Reads `key.csv` of a packet's folder. Rows that cannot be used are in quarantine; a code that occurs twice stands for nothing.
 *
 * @throws InputError without the file or one of its columns
 */
export function readKey(source: Source, { ledger, scans }: IngestContext): PacketKey {
  const onDisk = join(source.path, "key.csv");
  if (!existsSync(onDisk)) {
    throw new InputError(
      `${source.path}: a rating packet's folder with key.csv is needed, and there is none`,
      {
        hint: "Give the folder that `medbench rating-packet` wrote, with the returned files in its folder returned/.",
      },
    );
  }
  const text = decodeSmallText(readFileSync(onDisk));
  if (text?.encoding === "windows-1252") {
    // Names of runs and items go into the tables as they are.
    throw new InputError(`${onDisk}: ${unknownEncoding(text.faultyLine ?? 1)}`, {
      hint: "Use the key.csv that `medbench rating-packet` wrote, or save it as CSV UTF-8.",
    });
  }
  const { records } = text === null ? { records: [] } : parseSheet(text, "code");
  const [head, ...body] = records;
  const header = (head?.cells ?? []).map(plainName);
  const missing = required.filter((name) => !header.includes(name));
  if (missing.length > 0) {
    throw new InputError(
      `${onDisk} line ${head?.line ?? 1}: no column ${missing.join(", ")}; found ${header.join(", ") || "no text"}`,
      {
        hint: "Use the key.csv that `medbench rating-packet` wrote.",
      },
    );
  }
  const where = { source: source.name, file: "key.csv", onDisk };
  const rows: KeyRow[] = [];
  let taken = 0;
  const times = new Map<string, number>();
  for (const record of body) {
    const cell = (name: string): string => record.cells[header.indexOf(name)] ?? "";
    const row: KeyRow = {
      ...(Object.fromEntries(texts.map((name) => [name, cell(name)])) as Record<
        (typeof texts)[number],
        string
      >),
      variant: wholeNumber(cell("variant")),
      repeat: wholeNumber(cell("repeat")),
      inclusion_probability:
        cell("inclusion_probability") === "" ? null : Number(cell("inclusion_probability")),
      raters: header.includes("raters") ? cell("raters").split(" ") : null,
    };
    const wrong =
      record.fault === null ? wrongWith(row, record.cells.length, header.length) : faultInWords(record.fault);
    if (wrong !== null) ledger.line(where, record, "wrong_value", wrong);
    else if (times.has(row.code))
      ledger.line(
        where,
        record,
        "duplicate_item",
        `code ${JSON.stringify(row.code)} is on an earlier line too: it stands for no answer`,
      );
    else taken += 1;
    if (wrong === null) {
      rows.push(row);
      times.set(row.code, (times.get(row.code) ?? 0) + 1);
    }
  }
  const { sha256, bytes } = scans.of(onDisk);
  ledger.file({
    ...{ source: source.name, file: "key.csv", role: "mapping" as const, sha256, bytes },
    ...{ rows_in: body.length, rows_out: taken, path: "line by line" as const },
  });
  const usable = rows.filter(({ code }) => times.get(code) === 1);
  return { find: finder(usable, ({ code }) => code), example: usable[0]?.code ?? "" };
}

function wrongWith(row: KeyRow, cells: number, columns: number): string | null {
  if (cells !== columns) return `${cells} cells; the first line has ${columns}`;
  const empty = texts.find((name) => row[name] === "");
  if (empty !== undefined) return `${empty} is missing`;
  for (const name of ["variant", "repeat"] as const)
    if (Number.isNaN(row[name])) return `${name} must be a whole number from 1`;
  const share = row.inclusion_probability;
  return share === null || (share > 0 && share <= 1)
    ? null
    : "inclusion_probability must be a number in (0, 1]";
}

function wholeNumber(text: string): number {
  return /^[1-9]\d{0,8}$/.test(text) ? Number(text) : Number.NaN;
}

/** Finds the one thing whose name is as written, or differs only in case, width, blanks around it and the kind of its dashes. */
export function finder<T>(things: readonly T[], nameOf: (thing: T) => string): (written: string) => T | null {
  const exact = new Map(things.map((thing) => [nameOf(thing), thing]));
  const similar = new Map<string, T | null>();
  for (const thing of things) {
    const plain = plainCode(nameOf(thing));
    similar.set(plain, similar.has(plain) ? null : thing);
  }
  return (written) => exact.get(written) ?? similar.get(plainCode(written)) ?? null;
}

/** A sheet has an apostrophe before a code that a spreadsheet program would take for a formula. */
function plainCode(text: string): string {
  return plainName(text)
    .replace(/[\u2010-\u2015\u2212]/g, "-")
    .replace(/^' */, "");
}
