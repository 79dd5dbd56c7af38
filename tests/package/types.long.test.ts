import { spawnSync } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { exportedNames, type InstalledPackage, installPackage, specifiers } from "./install.js";

const root = resolve(import.meta.dirname, "..", "..");

let names: Record<string, string[]>;
let installed: InstalledPackage;

beforeAll(async () => {
  names = await exportedNames();
  installed = await installPackage();
});
afterAll(() => installed?.remove());

describe("the types of the installed library", () => {
  test.each([
    { module: "nodenext", moduleResolution: "nodenext" },
    { module: "preserve", moduleResolution: "bundler" },
  ])("cover every subpath under moduleResolution $moduleResolution", async (settings) => {
    await writeFile(join(installed.project, "package.json"), '{"type": "module"}');
    await writeFile(
      join(installed.project, "user.ts"),
      `${specifiers.map((specifier, i) => `import * as entry${i} from "${specifier}";`).join("\n")}
       import { InputError } from "medbench-workbench";
       import { type Kappa, cohenKappa } from "medbench-workbench/agreement";
       import type { Catalogue } from "medbench-workbench/catalogue";
       ${specifiers.map((specifier, i) => `export const first${i} = entry${i}.${names[specifier]?.[0]};`).join("\n")}
       export const hint: string | undefined = new InputError("x", { hint: "y" }).hint;
       export const kappa: Kappa = cohenKappa([[1, 2], [3, 4]], { weights: "linear" });
       export const benchmark = (catalogue: Catalogue): string => catalogue.id;
       // @ts-expect-error a table holds numbers
       cohenKappa([["1"]]);
       // @ts-expect-error an id is text
       export const year = (catalogue: Catalogue): number => catalogue.id;
       // @ts-expect-error a message is text
       new InputError(1);`,
    );
    const { stdout, status } = spawnSync(
      process.execPath,
      [
        join(root, "node_modules/typescript/bin/tsc"),
        ...["--ignoreConfig", "--noEmit", "--strict", "--target", "es2022"],
        ...["--module", settings.module, "--moduleResolution", settings.moduleResolution],
        "user.ts",
      ],
      { cwd: installed.project, encoding: "utf8" },
    );
    expect(stdout).toBe("");
    expect(status).toBe(0);
  });
});
