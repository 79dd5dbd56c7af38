import { expect, test } from "vitest";
import { certainRules } from "../../../src/lib/metrics/choice-reader/certain-rules.js";
import { VERDICT_RULES } from "../../../src/lib/metrics/choice-reader/verdict-rules.js";
import { WEAK_RULES } from "../../../src/lib/metrics/choice-reader/weak-rules.js";
import { LANGUAGES } from "../../../src/lib/metrics/choice-reader.js";

const capturing = (part: string) =>
  [...part.matchAll(/\\[\s\S]|\[(?:\\[\s\S]|[^\]])*\]|\((?!\?)/gu)].filter(([piece]) => piece === "(").length;

test("capturing groups are counted outside classes and escapes", () => {
  expect([capturing("(?:a)(b)[(]"), capturing(String.raw`\(a`)]).toEqual([1, 0]);
});

test.each(certainRules(LANGUAGES))(
  "$name matches without a group and finds its letters in the only group of another pattern",
  (rule) => {
    expect(capturing(rule.pattern)).toBe(0);
    expect(capturing(rule.letters)).toBe(1);
    expect(rule.pattern).toMatch(/\$$/u);
  },
);

test("each rule has its own name, except for those that are looked for in several ways", () => {
  const names = [...certainRules(LANGUAGES), ...VERDICT_RULES, ...WEAK_RULES].map(({ name }) => name);
  const shared = names.filter((name, index) => names.indexOf(name) < index);
  // A verdict, a closing verdict and a completed sentence are looked for in several ways, some of which SQL can decide too.
  expect(new Set(shared)).toEqual(new Set(["closing-verdict", "verdict", "completes-sentence"]));
});
