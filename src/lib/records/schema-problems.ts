import type { z } from "zod";

type Issue = z.core.$ZodIssue;
type Path = readonly PropertyKey[];

/**
 * What is wrong with a record, one sentence for each problem: where, what was found and what would be right. A field that is
 * not known is named together with the known ones, and an entry of a list with its id or name.
 *
 * @param value the record as it was read
 * @example schemaProblems(z.strictObject({ kind: z.string() }), { knd: "x" })[0] // 'knd is not known; known here: kind'
 */
export function schemaProblems(schema: z.ZodType, value: unknown): string[] {
  const parsed = schema.safeParse(value);
  return parsed.success ? [] : parsed.error.issues.flatMap((issue) => sentences(issue, schema, value, []));
}

function sentences(issue: Issue, schema: z.ZodType, value: unknown, base: Path): string[] {
  const path = [...base, ...issue.path];
  const at = placeOf(path, value);
  const where = at === "" ? "" : `${at}: `;
  if (issue.code === "unrecognized_keys") {
    const known = [...new Set(knownKeys(schema, path, valueAt(value, path)))];
    const one = issue.keys.length === 1;
    return [
      `${where}${issue.keys.map((key) => JSON.stringify(key)).join(", ")} ${one ? "is" : "are"} not known; known here: ${known.join(", ") || "nothing"}`,
    ];
  }
  if (issue.code === "invalid_union") {
    const branch = bestBranch(issue.errors);
    if (branch !== null) return branch.flatMap((inner) => sentences(inner, schema, value, path));
  }
  if (valueAt(value, path) === undefined) {
    if (issue.code === "invalid_type") return [`${at} is missing (expected ${issue.expected})`];
    if (issue.code === "invalid_value")
      return [`${at} is missing (expected ${issue.values.map((one) => JSON.stringify(one)).join(", ")})`];
  }
  return [`${where}${issue.message}`];
}

/** The branch of a union that the value comes closest to. */
function bestBranch(branches: readonly (readonly Issue[])[]): readonly Issue[] | null {
  const distance = (issues: readonly Issue[]) =>
    issues.reduce((sum, issue) => sum + (issue.code === "unrecognized_keys" ? issue.keys.length : 1), 0);
  const [best] = [...branches]
    .filter((issues) => issues.length > 0)
    .sort((a, b) => distance(a) - distance(b));
  return best ?? null;
}

/** `datasets[3] (MedHC).scoring[0]`. */
function placeOf(path: Path, value: unknown): string {
  let [text, here] = ["", value];
  for (const key of path) {
    here = valueAt(here, [key]);
    text += typeof key === "number" ? `[${key}]${nameOf(here)}` : `${text === "" ? "" : "."}${String(key)}`;
  }
  return text;
}

function nameOf(entry: unknown): string {
  if (typeof entry !== "object" || entry === null) return "";
  for (const key of ["id", "name", "metric", "path"]) {
    const name = (entry as Readonly<Record<string, unknown>>)[key];
    if (typeof name === "string") return ` (${name})`;
  }
  return "";
}

function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (here, key) =>
      typeof here === "object" && here !== null
        ? (here as Readonly<Record<PropertyKey, unknown>>)[key]
        : undefined,
    value,
  );
}

/** Definition of a zod schema, as far as records need it. */
interface Definition {
  readonly type: string;
  readonly shape?: Readonly<Record<string, z.ZodType>>;
  readonly element?: z.ZodType;
  readonly innerType?: z.ZodType;
  readonly keyType?: z.ZodType;
  readonly valueType?: z.ZodType;
  readonly entries?: Readonly<Record<string, unknown>>;
  readonly options?: readonly z.ZodType[];
}

/** Fields of the objects that a schema allows at a path; of a union, those of the branch that fits the value best. */
function knownKeys(schema: z.ZodType, path: Path, value: unknown): readonly string[] {
  const definition = schema.def as unknown as Definition;
  const { shape, element, innerType, keyType, valueType, options } = definition;
  if (innerType !== undefined) return knownKeys(innerType, path, value);
  if (options !== undefined) {
    const found = options.map((option) => knownKeys(option, path, value));
    const given = Object.keys((value ?? {}) as object);
    const shared = (keys: readonly string[]) => given.filter((key) => keys.includes(key)).length;
    return found.sort((a, b) => shared(b) - shared(a))[0] ?? [];
  }
  const [key, ...rest] = path;
  // A record whose keys are an enumeration has its values as fields.
  if (key === undefined) return Object.keys(shape ?? (keyType?.def as Definition | undefined)?.entries ?? {});
  const next = typeof key === "number" ? element : (shape?.[String(key)] ?? valueType);
  return next === undefined ? [] : knownKeys(next, rest, value);
}
