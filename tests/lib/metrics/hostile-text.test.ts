import { expect, it } from "vitest";
import {
  findJsonObject,
  parseBoxes,
  parseLabels,
  parseNumericText,
  parseSet,
  scoreFields,
} from "../../../src/lib/metrics/index.js";
import { growthOf, linearGrowth } from "../../growth.js";

const hostile = [
  "{",
  '{"a":',
  '{"a":"',
  "“{“",
  "[",
  "<think>",
  "。",
  " ",
  "'",
  "1",
  "1,",
  "111,",
  "1/",
  "1 ",
  "a1",
  "1 * 10 ^ ",
  "-",
];

it.each(hostile)("text that repeats %j is read in linear time", (unit) => {
  const growth = growthOf((n) => {
    const text = `${unit.repeat(n)}x`;
    expect(findJsonObject(text)).toBeNull();
    scoreFields(text, { a: 1 });
    parseSet(text);
    parseSet(text, { kind: "names" });
    parseLabels(text);
    parseBoxes(text);
    parseNumericText(text);
  }, 2_500);
  expect(growth).toBeLessThan(linearGrowth);
});
