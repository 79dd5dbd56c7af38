import { readdir, readFile, stat } from "node:fs/promises";
import { join, relative } from "node:path";
import { InputError } from "../../../src/lib/errors.js";
import { type OracleFile, oracleFile } from "./types.js";

export interface LoadedOracle extends OracleFile {
  /** Path relative to the given folder, or the file's name. */
  readonly file: string;
}

/**
 * Reads one oracle file, or every `.json` under a folder that declares the schema, in order of path.
 *
 * @returns the files, and the names of other JSON files in the folder
 * @throws InputError if there are none, a file is not JSON, or an oracle file does not match the schema
 */
export async function loadOracles(
  path: string,
): Promise<{ readonly oracles: readonly LoadedOracle[]; readonly ignored: readonly string[] }> {
  const found = await stat(path).catch((cause: unknown) => {
    throw new InputError(`oracles: ${path} cannot be read`, {
      hint: "Give an oracle file or a folder of them.",
      cause,
    });
  });
  const single = !found.isDirectory();
  const paths = single ? [path] : await jsonFiles(path);
  const oracles: LoadedOracle[] = [];
  const ignored: string[] = [];
  for (const each of paths) {
    const content = parseJson(each, await readFile(each, "utf8"));
    const file = single ? path : relative(path, each);
    if (declaresSchema(content)) oracles.push({ ...checkSchema(each, content), file });
    else ignored.push(file);
  }
  if (oracles.length === 0) {
    throw new InputError(
      `oracles: no file of schema "medbench-oracle/1" in ${path}; found ${ignored.length} other`,
      {
        hint: 'An oracle file is a JSON object with "schema": "medbench-oracle/1", "group", "title" and "cases".',
      },
    );
  }
  return { oracles, ignored };
}

async function jsonFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true });
  return entries
    .filter((name) => name.endsWith(".json"))
    .sort()
    .map((name) => join(folder, name));
}

function parseJson(path: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new InputError(`oracles: ${path} is not JSON`, { hint: (cause as Error).message, cause });
  }
}

function declaresSchema(content: unknown): boolean {
  return (
    typeof content === "object" &&
    content !== null &&
    "schema" in content &&
    content.schema === "medbench-oracle/1"
  );
}

function checkSchema(path: string, content: unknown): OracleFile {
  const result = oracleFile.safeParse(content);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  throw new InputError(`oracles: ${path}: ${issue?.path.join(".")}: ${issue?.message}`, {
    hint: "tests/oracles/cases/README.md describes the schema.",
    cause: result.error,
  });
}
