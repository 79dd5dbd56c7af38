import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Block, blocksOf } from "./blocks.js";
import { isShown } from "./output.js";
import { checkRecord } from "./records.js";
import { runMedbench } from "./run-medbench.js";
import { openShell, type Shell } from "./shell.js";
import { type StubAddresses, serveStubs } from "./stub-addresses.js";
import { runTypeScript } from "./typescript.js";

const root = resolve(import.meta.dirname, "..", "..", "..");

export interface PageSuiteOptions {
  /** Makes the folder in which the commands of the page run, in order. */
  readonly folder: () => Promise<string>;
  /** What is true of the folder after the last block, by the name of a test. */
  readonly results?: Readonly<Record<string, (folder: string) => Promise<void>>>;
}

/**
 * The tests of one page: its blocks run in order in one folder, each ends with the exit code that the page states, and the
 * page shows what they print. `vitest --update` writes what they print into the page.
 */
export function describePage(
  page: string,
  text: string,
  { folder: makeFolder, results = {} }: PageSuiteOptions,
): void {
  const blocks = blocksOf(page, text).filter(({ notRun }) => notRun === undefined);
  if (blocks.length === 0) return;
  describe(page, () => {
    let folder: string;
    let shell: Shell;
    let stubs: StubAddresses;
    const printed = new Map<Block, string>();
    beforeAll(async () => {
      folder = await makeFolder();
      shell = await openShell(folder);
      stubs = await serveStubs(text);
    });
    afterAll(async () => {
      await shell.close();
      await stubs.close();
      await rm(folder, { recursive: true, force: true });
    });

    it.each(blocks.map((block) => [block.at, block] as const))("%s runs", async (_, block) => {
      if (block.saveAs !== undefined) {
        const file = join(folder, block.saveAs);
        await mkdir(dirname(file), { recursive: true });
        await writeFile(file, block.code);
      }
      switch (block.language) {
        case "sh": {
          const { code, out, err } = await shell.run(stubs.replaceIn(block.code));
          expect({ code, ...(code === block.exitCode ? {} : { out, err }) }).toEqual({
            code: block.exitCode,
          });
          printed.set(block, block.exitCode === 0 ? out : err);
          break;
        }
        case "sql": {
          const { code, out, err } = await runMedbench({ args: ["sql", block.code.trim()], folder });
          expect({ code, err: code === 0 ? "" : err }).toEqual({ code: 0, err: "" });
          printed.set(block, out);
          break;
        }
        case "ts":
          await runTypeScript(block.code, folder, block.saveAs);
          break;
        case "yaml":
        case "json":
          checkRecord(block);
          break;
        case "html":
          // A notebook: its SQL cells run; tests/browser/notebooks.test.ts opens notebooks as a whole.
          for (const [, query = ""] of block.code.matchAll(
            /type="application\/sql"[^>]*>(.*?)<\/script>/gs,
          )) {
            const { code, err } = await runMedbench({ args: ["sql", query.trim()], folder });
            expect({ code, err: code === 0 ? "" : err }).toEqual({ code: 0, err: "" });
          }
          break;
        case "csv":
        case "text":
          break;
        default:
          throw new Error(
            `${block.at}: a block of ${block.language || "no language"} is neither run nor checked; give its language, or text`,
          );
      }
    });

    it.each(Object.entries(results))("%s", (_, check) => check(folder));

    if (blocks.every(({ output }) => output === undefined)) return;
    it("shows what its commands print", async () => {
      let updated = text;
      // From the end, so that the places before an edit stay where they are.
      for (const [{ output, outputAt }, out] of [...printed].reverse()) {
        if (output === undefined || outputAt === undefined || isShown(output, out)) continue;
        updated = `${updated.slice(0, outputAt)}${trimmed(out)}${updated.slice(outputAt + output.length)}`;
      }
      await expect(updated).toMatchFileSnapshot(join(root, page));
    });
  });
}

/** Without blanks at the ends of lines and blank lines at both ends. */
function trimmed(out: string): string {
  return `${out.replaceAll(/[ \t]+$/gm, "").replaceAll(/^\n+|\n+$/g, "")}\n`;
}

export async function readPage(page: string): Promise<string> {
  return readFile(join(root, page), "utf8");
}
