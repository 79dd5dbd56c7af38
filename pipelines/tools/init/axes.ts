// cspell:ignore preds
import { InputError } from "../../../src/lib/errors.js";
import { literal } from "../../warehouse/sql.js";
import { type Column, columnWords } from "./column.js";
import { asText } from "./content.js";
import type { FileSample } from "./file-sample.js";
import type { Recognized } from "./recognize.js";
import { modelWords } from "./roles.js";

/** Where the value of a column of a table comes from: an expression, and its values in the sample. */
export interface Axis {
  readonly sql: string;
  readonly values: readonly (string | null)[];
  /** For the person: `column "model"`, `the name of the file`. */
  readonly words: string;
}

export function ofColumn(column: Column): Axis {
  return {
    sql: column.sql,
    values: column.values.map((value) => asText(value)),
    words: columnWords(column),
  };
}

export function constant(value: string, n: number, words: string): Axis {
  return { sql: literal(value), values: new Array<string>(n).fill(value), words };
}

/** The item: its id, or the hash of the question where there is none, or the number of the row. */
export function itemAxis({ roles }: Recognized, files: readonly FileSample[]): Axis {
  if (roles.item !== undefined) return ofColumn(roles.item);
  const { question } = roles;
  if (question !== undefined)
    return {
      sql: `left(sha256(${question.sql}), 16)`,
      values: question.values.map((value) => asText(value)),
      words: `the text of ${columnWords(question)}, as a hash, because no column has an id`,
    };
  const [first, ...more] = files;
  const n = first?.records.length ?? 0;
  if (first !== undefined && more.length === 0 && roles.system === undefined && first.place !== "values")
    return {
      sql: "row_number() OVER ()",
      values: Array.from({ length: n }, (_, at) => String(at + 1)),
      words: "the number of the row, because no column has an id",
    };
  throw new InputError(`${first?.file}: no column names the question that a row is about`, {
    hint: "Name it: --column item=COLUMN.",
  });
}

/** Folders and name of a file, without its ending. */
function partsOf(file: string): string[] {
  const parts = file.split("/");
  return [...parts.slice(0, -1), stemOf(parts.at(-1) as string)];
}

const ending = /(?:\.raw|\.pred)?\.(?:csv|tsv|jsonl|ndjson|json)(?:\.gz)?$/i;
export function stemOf(file: string): string {
  return file.replace(ending, "");
}

const affixes =
  "answers?|responses?|outputs?|results?|preds?|predictions?|submissions?|samples|runs?|scores?|eval|回答|答案|输出|结果|得分";
const before = new RegExp(`^(?:${affixes})[_\\- .]+(?=.)`, "i");
const after = new RegExp(`(?<=.)[_\\- .]+(?:${affixes})$`, "i");

export interface PathLevel {
  /** SQL that takes this part out of `filename`. */
  readonly sql: string;
  /** Its value by file. */
  readonly byFile: ReadonlyMap<string, string>;
  readonly words: string;
}

/** The parts of the paths of files that are not the same for all of them. */
export function varyingLevels(files: readonly FileSample[]): PathLevel[] {
  const paths = files.map(({ file }) => partsOf(file));
  const depth = paths[0]?.length ?? 0;
  if (files.length < 2 || paths.some((parts) => parts.length !== depth)) return [];
  const levels: PathLevel[] = [];
  for (let at = 0; at < depth; at += 1) {
    const isName = at === depth - 1;
    const values = paths.map((parts) => parts[at] as string);
    if (new Set(values).size < 2) continue;
    const clean = isName ? withoutAffixes(values) : { values, sql: null };
    const part = `split_part(filename, '/', ${at + 1})`;
    const stem = isName
      ? `regexp_replace(${part}, ${literal(String.raw`(\.raw|\.pred)?\.(csv|tsv|jsonl|ndjson|json)(\.gz)?$`)}, '')`
      : part;
    levels.push({
      sql: clean.sql === null ? stem : `regexp_replace(${stem}, ${literal(clean.sql)}, '', 'g')`,
      byFile: new Map(files.map(({ file }, index) => [file, clean.values[index] as string])),
      words: isName ? "the name of the file" : `the name of the folder (level ${at + 1})`,
    });
  }
  return levels;
}

/** Names of files without a word such as `answers_` that all of them have. */
function withoutAffixes(names: readonly string[]): { values: readonly string[]; sql: string | null } {
  const isBefore = names.every((one) => before.test(one));
  const isAfter = names.every((one) => after.test(one));
  if (!isBefore && !isAfter) return { values: names, sql: null };
  const values = names.map((one) => (isBefore ? one.replace(before, "") : one.replace(after, "")));
  if (new Set(values).size < new Set(names).size) return { values: names, sql: null };
  return { values, sql: isBefore ? `^(?i:${affixes})[_ .-]+` : `[_ .-]+(?i:${affixes})$` };
}

export function ofLevel(level: PathLevel, files: readonly FileSample[]): Axis {
  const values = files.flatMap(({ file, records }) => records.map(() => level.byFile.get(file) as string));
  return { sql: level.sql, values, words: level.words };
}

/** How many of a level's values look like names of models. */
export function modelShare({ byFile }: PathLevel): number {
  const values = [...new Set(byFile.values())];
  return values.filter((value) => modelWords.test(value)).length / values.length;
}
