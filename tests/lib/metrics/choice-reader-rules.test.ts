import { expect, test } from "vitest";
import { READING_RULES } from "../../../src/lib/metrics/choice-reader/rules.js";
import { LANGUAGES } from "../../../src/lib/metrics/choice-reader.js";

/** Splits a pattern at the bars that are outside groups and classes. */
function alternatives(pattern: string): string[] {
  const parts = [""];
  let depth = 0;
  for (const [piece] of pattern.matchAll(/\\[\s\S]|\[(?:\\[\s\S]|[^\]])*\]|[\s\S]/gu)) {
    if (piece === "(") depth += 1;
    if (piece === ")") depth -= 1;
    if (piece === "|" && depth === 0) parts.push("");
    else parts[parts.length - 1] += piece;
  }
  return parts;
}

const capturing = (part: string) =>
  [...part.matchAll(/\\[\s\S]|\[(?:\\[\s\S]|[^\]])*\]|\((?!\?)/gu)].filter(([piece]) => piece === "(").length;

test("a pattern is split at its top-level bars only", () => {
  expect(alternatives(String.raw`a(b|c)[|(]\|d|e`)).toEqual([String.raw`a(b|c)[|(]\|d`, "e"]);
  expect([capturing("(?:a)(b)[(]"), capturing(String.raw`\(a`)]).toEqual([1, 0]);
});

test.each(READING_RULES.filter(({ name, match, line }) => name !== "refused" && !match && !line))(
  "$name declares whether it has matches without letters",
  ({ pattern, decoys }) => {
    const groups = alternatives(pattern(LANGUAGES)).map(capturing);
    expect(Math.max(...groups)).toBe(1);
    expect(Math.min(...groups) === 0).toBe(decoys === true);
  },
);

test.each(READING_RULES.filter(({ take }) => take === "only"))("$name can match only once", ({ pattern }) => {
  for (const part of alternatives(pattern(LANGUAGES))) expect(part).toMatch(/^\^|\$$/);
});
