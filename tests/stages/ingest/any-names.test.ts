import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { diskName } from "../../disk-name.js";
import { ingest, line, query, temporaryFolder, writeFiles } from "./workspace.js";

const fileName = diskName.filter((name) => !name.startsWith(".") && Buffer.byteLength(name) < 240);

test("the answers of an upload are those of its file, whatever the file and its folders are called", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(diskName, diskName, fileName), { minLength: 4, maxLength: 8 }),
      async (names) => {
        const folder = temporaryFolder();
        const answers = (index: number) => [`${index} first`, `${index} second`];
        const paths = names.map(([outer, inner], index) => join(folder, String(index), outer, inner));
        for (const [index, [, , file]] of names.entries()) {
          const [first, second] = answers(index) as [string, string];
          const content = line(1, first) + line(2, second);
          writeFiles(paths[index] as string, { [`${file}.jsonl`]: content });
        }
        const workspace = temporaryFolder();
        await ingest(
          workspace,
          paths.map((path, index) => ({ path, role: "answers" as const, pool: "p", system: `s${index}` })),
        );
        const rows = await query(
          workspace,
          `SELECT system, list(raw ORDER BY item_id) AS raw, any_value(source_file) AS file
           FROM responses JOIN (SELECT run_id, system FROM runs) USING (run_id) GROUP BY system ORDER BY system`,
        );
        expect(rows).toEqual(
          names.map(([, , file], index) => ({
            system: `s${index}`,
            raw: answers(index),
            file: `${file}.jsonl`,
          })),
        );
      },
    ),
    { numRuns: 4 },
  );
});
