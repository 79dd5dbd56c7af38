import { parse, parseDocument } from "yaml";
import type { z } from "zod";
import { InputError } from "../../src/lib/errors.js";
import { schemaProblems } from "../../src/lib/records/schema-problems.js";
import { readWrittenText } from "./written-text.js";

/** Reads YAML. @throws InputError with the line of the mistake */
export async function readYaml(file: string): Promise<unknown> {
  return parseYaml(textOf(file), file);
}

/**
 * Reads a record that a person wrote as JSON or YAML. A key that occurs twice in one object is refused, because readers differ
 * in which value they use.
 *
 * @throws InputError with the line of the mistake
 */
export async function readJsonOrYaml(file: string): Promise<unknown> {
  const text = textOf(file);
  const isYaml = /\.ya?ml$/i.test(file) || !/^\s*[{[]/.test(text);
  if (isYaml) return parseYaml(text, file);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new InputError(`${file} is not JSON: ${(cause as Error).message}`, {
      hint: "Write one JSON object, or YAML in a file whose name ends with .yaml.",
      cause,
    });
  }
  // JSON.parse keeps the last value of a repeated key without a word.
  const repeated = parseDocument(text, { strict: false, uniqueKeys: true }).errors.find(
    ({ code }) => code === "DUPLICATE_KEY",
  );
  if (repeated === undefined) return value;
  throw new InputError(`${file}: a key occurs twice in one object ${placeOf(repeated.message)}`, {
    hint: "Remove one of the two.",
  });
}

/** Parses with a zod schema; the first problems become an error with their places. */
export function parseRecord<T extends z.ZodType>(
  schema: T,
  value: unknown,
  file: string,
  pages = "docs/ingest.md, docs/mapping.md and docs/scorers.md show",
): z.infer<T> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const problems = schemaProblems(schema, value);
  throw new InputError(`${file}: ${problems.slice(0, 3).join("; ")}`, {
    hint: `${problems.length} problem(s) in all; ${pages} each field.`,
  });
}

function parseYaml(text: string, file: string): unknown {
  try {
    return parse(text);
  } catch (cause) {
    const { message } = cause as Error;
    const isRepeated = (cause as { code?: string }).code === "DUPLICATE_KEY";
    throw new InputError(
      isRepeated
        ? `${file}: a key occurs twice ${placeOf(message)}`
        : `${file} is not YAML: ${message.split("\n")[0]}`,
      {
        hint: isRepeated
          ? "Remove one of the two."
          : "Quote expressions that contain `: ` or begin with a quotation mark.",
        cause,
      },
    );
  }
}

/** `(line 3, column 5)`, as the parser's message says it. */
function placeOf(message: string): string {
  const [, line, column] = /at line (\d+), column (\d+)/.exec(message) ?? [];
  return line === undefined ? "" : `(line ${line}, column ${column})`;
}

function textOf(file: string): string {
  try {
    return readWrittenText(file);
  } catch (cause) {
    if (cause instanceof InputError) throw cause;
    throw new InputError(`${file} cannot be read`, { hint: "Check the path.", cause });
  }
}
