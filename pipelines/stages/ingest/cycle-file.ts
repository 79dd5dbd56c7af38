import { readdirSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { parse } from "yaml";
import { InputError } from "../../../src/lib/errors.js";
import { readWrittenText } from "../../warehouse/written-text.js";

/** Files of a person's settings are small; a larger file is data. */
const mostBytes = 2 ** 20;

/**
 * The cycle file that a path names: the file itself, or the one in a folder. It is known by its schema `medbench-cycle/1`, whatever its
 * name (.yaml, .yml or .json); a `cycle.yaml` without a schema counts too, so that the missing line is reported.
 *
 * @returns null if the path is no cycle
 * @throws InputError where a folder has two, and where a file has the schema of something that is not a source
 */
export function cycleFileOf(path: string): string | null {
  if (!statSync(path).isDirectory()) {
    if (!isSettings(path)) return null;
    const schema = schemaOf(path);
    if (schema === "cycle" || (schema === null && isNamedCycle(path))) return path;
    if (schema === null) return null;
    throw new InputError(`${path} is a ${schema} file, not a source`, { hint: howToUse(schema, path) });
  }
  const files = readdirSync(path, { withFileTypes: true })
    .filter((entry) => !entry.isDirectory() && isSettings(entry.name))
    .map(({ name }) => join(path, name))
    .sort();
  const cycles = files.filter((file) => schemaOf(file) === "cycle");
  if (cycles.length > 1)
    throw new InputError(
      `${path} has ${cycles.length} cycle files: ${cycles.map((file) => basename(file)).join(", ")}`,
      {
        hint: `Name the one that you mean: medbench ingest ${cycles[0]}`,
      },
    );
  return cycles[0] ?? files.find((file) => isNamedCycle(file) && schemaOf(file) === null) ?? null;
}

const isSettings = (name: string) => /\.(?:ya?ml|json)$/i.test(name);
const isNamedCycle = (path: string) => /^cycle\.ya?ml$/i.test(basename(path));

/** What a file of settings says it is: the name in `medbench-<name>/1`; null for any other file. */
function schemaOf(file: string): string | null {
  try {
    const { size } = statSync(file);
    if (size > mostBytes) return null;
    const text = readWrittenText(file);
    return text.includes("medbench-") ? schemaIn(text) : null;
  } catch {
    // A file that cannot be read is reported where it is used.
    return null;
  }
}

/** The schema that is a key of the file itself, not one inside a text or another object. */
function schemaIn(text: string): string | null {
  try {
    const content = parse(text) as { schema?: unknown } | null;
    return /^medbench-([a-z-]+)\//.exec(String(content?.schema))?.[1] ?? null;
  } catch {
    // A file with a mistake still says what it is, so that the mistake is reported as one of its kind.
    return /^\s*(?:\{\s*)?["']?schema["']?\s*:\s*["']?medbench-([a-z-]+)\//m.exec(text)?.[1] ?? null;
  }
}

function howToUse(schema: string, path: string): string {
  if (schema === "mapping")
    return `Give it with the data that it maps: medbench ingest DATA --mapping ${path}`;
  if (schema === "catalogue") return `Give it with the data: medbench ingest DATA --catalogue ${path}`;
  if (schema === "packet") return "Ingest the folder of the packet.";
  return "Name a cycle file (schema: medbench-cycle/1), or data files.";
}
