import { expect, it } from "vitest";
import {
  findJsonObject,
  parseBoxes,
  parseLabels,
  parseNumericText,
  parseSet,
  scoreFields,
} from "../../../src/lib/metrics/index.js";

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
].map((unit) => `${unit.repeat(20_000)}x`);

it.each(hostile.map((text) => [text.slice(0, 12), text] as const))(
  "text of %j over and over is read in less than a second: no reader is quadratic",
  (_, text) => {
    const start = performance.now();
    expect(findJsonObject(text)).toBeNull();
    scoreFields(text, { a: 1 });
    parseSet(text);
    parseSet(text, { kind: "names" });
    parseLabels(text);
    parseBoxes(text);
    parseNumericText(text);
    expect(performance.now() - start).toBeLessThan(1000);
  },
);
