import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { matchVariants, promptHash } from "../../../pipelines/stages/ingest/variant-matcher.js";
import { ingest, line, quarantine, query, temporaryFolder, writeFiles } from "./workspace.js";

describe("matchVariants", () => {
  test("finds an item with one variant by its id, whatever the text", () => {
    expect(matchVariants(["a"], ["z"])).toEqual([{ variant: 1, by: "id" }]);
    expect(matchVariants(["a"], [null, "a"])).toEqual([{ variant: 1, by: "id" }, null]);
  });

  test("finds shuffled variants by text and identical prompts by order", () => {
    expect(matchVariants(["a", "b", "a"], ["b", "a", "a"])).toEqual([
      { variant: 2, by: "text" },
      { variant: 1, by: "text" },
      { variant: 3, by: "text" },
    ]);
  });

  test("gives lines with unknown text the remaining variants, but only if the group is complete", () => {
    expect(matchVariants(["a", "b", "c"], ["b", "x", "y"])).toEqual([
      { variant: 2, by: "text" },
      { variant: 1, by: "order" },
      { variant: 3, by: "order" },
    ]);
    expect(matchVariants(["a", "b", "c"], ["b", "x"])).toEqual([{ variant: 2, by: "text" }, null]);
  });

  test("never gives one variant to two lines", () => {
    const hashes = fc.array(fc.constantFrom("a", "b", "c"), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(hashes, hashes, (known, given) => {
        const variants = matchVariants(known, given).flatMap((match) => match?.variant ?? []);
        expect(new Set(variants).size).toBe(variants.length);
        expect(variants.every((variant) => variant >= 1 && variant <= known.length)).toBe(true);
      }),
    );
  });

  test("finds every variant of a group whose lines were reordered", () => {
    const known = ["a", "b", "c", "d", "e"];
    fc.assert(
      fc.property(fc.shuffledSubarray(known, { minLength: 2 }), (given) => {
        expect(matchVariants(known, given).map((match) => known[(match?.variant ?? 0) - 1])).toEqual(given);
      }),
    );
  });
});

const exam = (question: string, answer = "") => line(1, answer, { source: "MedExam_V4", question });
const pack = ["one", "two", "three", "two", "five"].map((text) => exam(text)).join("");

async function answers(content: string, path: "fast" | "line by line") {
  const workspace = temporaryFolder();
  const folder = writeFiles(temporaryFolder(), { "q/MedExam.jsonl": pack, "s/MedExam.jsonl": content });
  await ingest(workspace, [
    { path: join(folder, "q"), role: "questions" },
    { path: join(folder, "s"), role: "answers" },
  ]);
  expect(await query(workspace, "SELECT path FROM source_files WHERE role = 'answers'")).toEqual([{ path }]);
  const rows = await query<{ variant: number; raw: string; matched_by: string }>(
    workspace,
    "SELECT variant, raw, matched_by FROM responses ORDER BY source_line",
  );
  return { rows, refused: await quarantine(workspace) };
}

describe("one id on five lines", () => {
  const shuffled = ["five", "two", "one", "two", "three"];

  test("is one group of five variants, not four duplicates, in a question pack", async () => {
    const { rows } = await answers(exam("one", "A"), "fast");
    expect(rows).toEqual([{ variant: 1, raw: "A", matched_by: "text" }]);
  });

  test.each([
    ["the engine", "", "fast"],
    ["the line reader", "\ufeff", "line by line"],
  ] as const)("is matched by text through %s, identical prompts by order", async (_, mark, path) => {
    const { rows, refused } = await answers(
      mark + shuffled.map((text, i) => exam(text, `${i}`)).join(""),
      path,
    );
    expect(rows).toEqual([
      { variant: 5, raw: "0", matched_by: "text" },
      { variant: 2, raw: "1", matched_by: "text" },
      { variant: 1, raw: "2", matched_by: "text" },
      { variant: 4, raw: "3", matched_by: "text" },
      { variant: 3, raw: "4", matched_by: "text" },
    ]);
    expect(refused).toEqual([]);
  });

  test("is matched by order if the texts were changed and all five lines are there", async () => {
    const { rows } = await answers(
      ["v", "w", "x", "y", "z"].map((text) => exam(text, text)).join(""),
      "line by line",
    );
    expect(rows.map(({ variant, raw, matched_by }) => [variant, raw, matched_by])).toEqual([
      [1, "v", "order"],
      [2, "w", "order"],
      [3, "x", "order"],
      [4, "y", "order"],
      [5, "z", "order"],
    ]);
  });

  test("does not match a changed text if lines of the group are missing", async () => {
    const { rows, refused } = await answers(exam("one", "A") + exam("changed", "B"), "line by line");
    expect(rows).toHaveLength(1);
    expect(refused).toMatchObject([{ line: 2, reason: "unknown_variant" }]);
  });

  test("refuses a sixth line", async () => {
    const six = [...shuffled, "one"].map((text, i) => exam(text, `${i}`)).join("");
    const { rows, refused } = await answers(six, "line by line");
    expect(rows).toHaveLength(5);
    expect(refused).toMatchObject([{ line: 6, reason: "duplicate_item" }]);
  });
});

test("a prompt hash is the first 16 hex digits of the SHA-256 of the text", () => {
  // printf %s 'abc' | sha256sum
  expect(promptHash("abc")).toBe("ba7816bf8f01cfea");
});
