import { expect, it } from "vitest";
import { FORM_PUMPS, PHRASE_PUMPS, readingTime, slowPumps } from "./choice-reader-pumps.js";

it("takes time in proportion to the length of a response that repeats what a pattern repeats", () => {
  expect(slowPumps(FORM_PUMPS, 2500)).toEqual([]);
  expect(
    slowPumps(
      PHRASE_PUMPS.filter((_, i) => i % 40 === 0),
      2500,
    ),
  ).toEqual([]);
});

it("takes hardly more time for a megabyte than for a tenth of it, because only both ends are read", () => {
  const slow = FORM_PUMPS.filter((_, i) => i % 5 === 0).filter(
    (pump) => readingTime(pump, 1_000_000) > 12 * readingTime(pump, 100_000) + 100,
  );
  expect(slow).toEqual([]);
});
