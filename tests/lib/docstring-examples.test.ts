import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, it } from "vitest";

const library = join(import.meta.dirname, "..", "..", "src", "lib");
/** The examples of the metrics run in tests/lib/metrics/examples.test.ts. */
const folders = ["stats", "agreement", "ranking", "calibration", "publication"] as const;

const filesOf = (folder: string): string[] =>
  readdirSync(join(library, folder), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .map((file) => join(library, folder, file))
    .sort();

const load = async (file: string) => (await import(pathToFileURL(file).href)) as Record<string, unknown>;

/** Everything an example may use: the exports of the folder's files, and the random number generator. */
async function scopeOf(folder: string): Promise<Record<string, unknown>> {
  const modules = await Promise.all([...filesOf(folder), join(library, "util", "random.ts")].map(load));
  return Object.assign({}, ...modules) as Record<string, unknown>;
}

describe.each(folders)("the docstrings of src/lib/%s", async (folder) => {
  const scope = await scopeOf(folder);
  /** Runs text of our own source files. */
  const evaluate = (expression: string): unknown =>
    new Function(...Object.keys(scope), `return (${expression})`)(...Object.values(scope));
  const examples = filesOf(folder).flatMap((file) =>
    [...readFileSync(file, "utf8").matchAll(/@example (.+)/g)].map(
      ([, example]) => [relative(library, file), example as string] as const,
    ),
  );

  it.each(examples)("%s: %s", (_, example) => {
    const [, call, value] = /^(.+) \/\/ (.+)$/.exec(example) ?? [];
    if (call === undefined || value === undefined) throw new Error("an example reads `call // value`");
    const [got, expected] = [evaluate(call), evaluate(value)];
    if (typeof expected === "number") expect(got).toBeCloseTo(expected, 9);
    else expect(got).toEqual(expected);
  });

  it("contain an example for every exported function", async () => {
    const published = Object.entries(await load(join(library, folder, "index.ts")))
      .filter(([, value]) => typeof value === "function")
      .map(([name]) => name);
    const shown = (name: string) => examples.some(([, example]) => example.includes(`${name}(`));
    expect(published.filter((name) => !shown(name))).toEqual([]);
  });
});
