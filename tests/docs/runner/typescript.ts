import { existsSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { build, type Plugin } from "esbuild";
import { expect } from "vitest";

const root = resolve(import.meta.dirname, "..", "..", "..");
const library = join(root, "src", "lib");

/** `medbench-workbench/agreement` as its source, so that the library need not be built. */
const ownLibrary: Plugin = {
  name: "own library",
  setup({ onResolve }) {
    onResolve({ filter: /^medbench-workbench(\/|$)/ }, ({ path }) => {
      const file = join(library, path.slice("medbench-workbench".length), "index.ts");
      return existsSync(file)
        ? { path: file }
        : { errors: [{ text: `${path} is not an entry of the library` }] };
    });
  },
};

let count = 0;

/**
 * Runs a TypeScript block as a module; its relative imports start where the reader saves it. Lines that read `call; // value` must give that value: a number, a text or another literal.
 *
 * @throws whatever the block throws; an assertion error if a value differs
 */
export async function runTypeScript(code: string, folder: string, saveAs = "block.ts"): Promise<void> {
  const checked = code.replaceAll(
    /^(?!import|const|let|\/\/)(\S.*?);? \/\/ (-?\d[\d.e-]*|"[^"]*"|true|false|null|\[.*\]|\{.*\})$/gm,
    (_, call: string, value: string) => `globalThis.__shown.push([${call}, ${value}]);`,
  );
  const { outputFiles } = await build({
    stdin: { contents: checked, loader: "ts", resolveDir: join(root, dirname(saveAs)) },
    bundle: true,
    write: false,
    platform: "node",
    format: "esm",
    target: "node20",
    plugins: [ownLibrary],
    logLevel: "silent",
  });
  const file = join(folder, `block-${++count}.mjs`);
  await writeFile(file, outputFiles[0]!.contents);
  const shown: [unknown, unknown][] = [];
  Object.assign(globalThis, { __shown: shown });
  await import(pathToFileURL(file).href);
  for (const [got, value] of shown) {
    if (typeof value === "number") expect(got).toBeCloseTo(value, 9);
    else expect(got).toEqual(value);
  }
}
