import { expect, it } from "vitest";
import { blocksOf } from "./runner/blocks.js";
import { isShown } from "./runner/output.js";
import { readPage } from "./runner/page-suite.js";
import { pages } from "./runner/pages.js";

it("a block is found with the notes before it and the output below it", () => {
  const page = `text

<!-- exit code 2 -->

\`\`\`sh
medbench nothing
\`\`\`

\`\`\`text
error: unknown command
\`\`\`

<!-- not run: a server -->

\`\`\`sh
medbench serve
\`\`\`
`;
  expect(blocksOf("a.md", page)).toEqual([
    {
      at: "a.md:5",
      language: "sh",
      code: "medbench nothing\n",
      exitCode: 2,
      output: "error: unknown command\n",
      outputAt: page.indexOf("error:"),
    },
    { at: "a.md:15", language: "sh", code: "medbench serve\n", exitCode: 0, notRun: "a server" },
  ]);
});

it("output is compared line by line, and `...` stands for any lines", () => {
  expect(isShown("a\nb\n", "\na  \nb\n\n")).toBe(true);
  expect(isShown("a\n...\nc\n", "a\nb\nb\nc\n")).toBe(true);
  expect(isShown("a\n...\n", "a\n")).toBe(true);
  expect(isShown("a\n", "a\nb\n")).toBe(false);
  expect(isShown("a.c\n", "abc\n")).toBe(false);
});

it("few blocks are not run, and each says why", async () => {
  const blocks = (await Promise.all(pages.map(async (page) => blocksOf(page, await readPage(page))))).flat();
  const left = blocks.filter(({ notRun }) => notRun !== undefined);
  expect(left.length).toBeLessThan(15);
  expect(blocks.length - left.length).toBeGreaterThan(80);
  for (const { at, notRun } of left) expect(notRun?.split(" ").length, at).toBeGreaterThan(3);
});
