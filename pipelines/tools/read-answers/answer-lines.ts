import { createReadStream } from "node:fs";
import type { Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { z } from "zod";
import { InputError } from "../../../src/lib/errors.js";
import { keysAndDepth } from "../../formats/json-keys.js";

/** One response to read. */
export interface AnswerLine {
  readonly id: string | number;
  readonly text: string;
  /** Option texts by letter; null when unknown. */
  readonly options: Readonly<Record<string, string>> | null;
  /** The item's question; null when unknown. */
  readonly question: string | null;
  /** What a person reads in the response; undefined if nobody said. */
  readonly expected: Expected | undefined;
}

/** Sorted letters ("AC"); null: none, or no letter for certain. */
export type Expected = string | null;

const EXAMPLE = '{"id": "1", "text": "The answer is B.", "options": {"A": "...", "B": "..."}}';
const LINE_HINT = `Each line is ${EXAMPLE}. "options" and "question" may be absent; "expected" may give the letter that a person reads.`;

/** A number must be one that JSON's reader keeps: ids of 19 digits would come out changed. */
const id = z.union([z.string(), z.int()]);
const letters = z
  .string()
  .regex(/^[A-Z](?:[ ]?[,、]?[ ]?[A-Z])*$/u)
  .transform((text) => [...new Set(text.match(/[A-Z]/gu))].sort().join(""));
/** What a label may say besides letters; all of these mean that a reader has to give no letter. */
const noLetter = z.enum(["none", "multiple", "several", "conflict", "refused"]).transform(() => null);
const unlabeled = z.literal("unsure").transform(() => undefined);
const label = z.union([letters, noLetter, unlabeled, z.null()]);

const labels = z.object({
  expected: label.optional(),
  gold: label.optional(),
  label: label.optional(),
  unsure: z.boolean().optional(),
});

const responseLine = labels.extend({
  id,
  text: z.string(),
  options: z.record(z.string().regex(/^[A-Z]$/u, "option letters are A to Z"), z.string()).nullish(),
  question: z.string().nullish(),
});

const expectedLine = labels.extend({ id, answer: label.optional() });

/**
 * The responses of a JSON Lines file, or of standard input for `-`.
 *
 * @throws InputError with file and line
 */
export async function* readAnswerLines(file: string): AsyncGenerator<AnswerLine> {
  for await (const { where, value } of recordsOf(file)) {
    const line = checked(responseLine, value, where, LINE_HINT);
    const { id, text, options = null, question = null } = line;
    yield { id, text, options, question, expected: expectedOf(line) };
  }
}

/**
 * What people read, by id, from a JSON Lines file with `expected`, `gold`, `label` or `answer`.
 *
 * @throws InputError with file and line; also for an id that comes twice
 */
export async function readExpected(
  file: string,
): Promise<ReadonlyMap<string | number, Expected | undefined>> {
  const found = new Map<string | number, Expected | undefined>();
  const hint =
    'Each line is {"id": "1", "expected": "B"}; null or "none" where the response gives no letter.';
  for await (const { where, value } of recordsOf(file)) {
    const line = checked(expectedLine, value, where, hint);
    if (found.has(line.id))
      throw new InputError(`${where}: id ${JSON.stringify(line.id)} is there twice`, { hint });
    found.set(line.id, expectedOf({ answer: undefined, ...line }));
  }
  return found;
}

function expectedOf(
  line: z.infer<typeof labels> & { readonly answer?: Expected | undefined },
): Expected | undefined {
  if (line.unsure === true) return undefined;
  for (const key of ["expected", "gold", "label", "answer"] as const) {
    if (key in line && line[key] !== undefined) return line[key];
  }
  return undefined;
}

async function* recordsOf(file: string): AsyncGenerator<{ where: string; value: unknown }> {
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  let line = 0;
  for await (const bytes of linesOf(file)) {
    line += 1;
    const where = `${file}:${line}`;
    const text = decoded(decoder, bytes, where)
      .replace(/^\ufeff/u, "")
      .trim();
    if (text === "") continue;
    yield { where, value: parsed(text, where) };
  }
}

function parsed(text: string, where: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new InputError(`${where}: is not JSON; found ${JSON.stringify(text.slice(0, 60))}`, {
      hint: LINE_HINT,
      cause,
    });
  }
  const { repeated } = keysAndDepth(text);
  if (repeated === null) return value;
  throw new InputError(`${where}: the key ${JSON.stringify(repeated)} is there twice in one object`, {
    hint: "Keep one of the two: readers of JSON disagree about which one counts.",
  });
}

function decoded(decoder: TextDecoder, bytes: Uint8Array, where: string): string {
  try {
    return decoder.decode(bytes);
  } catch (cause) {
    throw new InputError(`${where}: is not UTF-8`, {
      hint: "Save the file as UTF-8 and read it again.",
      cause,
    });
  }
}

/** Split at line feeds only: a JSON text may contain other line separators. */
async function* linesOf(file: string): AsyncGenerator<Uint8Array> {
  const packed = file === "-" ? process.stdin : createReadStream(file);
  const input = file.endsWith(".gz") ? unpacked(packed) : packed;
  let begun: Buffer[] = [];
  try {
    for await (const piece of input as AsyncIterable<Buffer>) {
      let start = 0;
      for (let end = piece.indexOf(10); end >= 0; end = piece.indexOf(10, start)) {
        yield Buffer.concat([...begun, piece.subarray(start, end)]);
        begun = [];
        start = end + 1;
      }
      if (start < piece.length) begun.push(piece.subarray(start));
    }
  } catch (cause) {
    if (!(cause instanceof Error && "code" in cause)) throw cause;
    throw new InputError(`${file}: cannot be read (${cause.code})`, {
      hint: "Give the path of a JSON Lines file, or - for standard input.",
      cause,
    });
  }
  if (begun.length > 0) yield Buffer.concat(begun);
}

/** Errors of the file reach the one who reads, too. */
function unpacked(packed: Readable): Readable {
  const gunzip = createGunzip();
  packed.on("error", (error) => gunzip.destroy(error));
  return packed.pipe(gunzip);
}

function checked<Line>(schema: z.ZodType<Line>, value: unknown, where: string, hint: string): Line {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new InputError(`${where}: ${complaint(value, parsed.error.issues[0])}`, { hint });
}

/** What is wrong with a line: the field, what it is, and what it has to be. */
function complaint(value: unknown, issue: z.core.$ZodIssue | undefined): string {
  if (value === null || typeof value !== "object" || Array.isArray(value))
    return `expected an object; found ${kindOf(value)}`;
  const [field, key] = issue?.path ?? [];
  const found = (value as Record<string, unknown>)[String(field)];
  if (field === "options") {
    if (found === null || typeof found !== "object" || Array.isArray(found))
      return `options: expected an object of letters and texts such as {"A": "rest", "B": "surgery"}; found ${kindOf(found)}`;
    const text = (found as Record<string, unknown>)[String(key)];
    return typeof text === "string"
      ? `options: option letters are A to Z; found ${JSON.stringify(key)}`
      : `options.${String(key)}: expected a text in quotes; found ${kindOf(text)}`;
  }
  if (field === "id")
    return `id: expected a text or a whole number of at most 15 digits; found ${kindOf(found)}`;
  if (field === "text") return `text: expected the response as a text; found ${kindOf(found)}`;
  if (field === "question") return `question: expected the question as a text; found ${kindOf(found)}`;
  if (field === "unsure") return `unsure: expected true or false; found ${kindOf(found)}`;
  return `${String(field)}: expected letters such as "B" or "AC", null, "none", "multiple", "conflict" or "unsure"; found ${JSON.stringify(found)?.slice(0, 60)}`;
}

function kindOf(value: unknown): string {
  if (value === undefined) return "nothing";
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  return typeof value === "object" ? "an object" : `${typeof value} ${JSON.stringify(value).slice(0, 60)}`;
}
