import { expect, it } from "vitest";
import { PHRASE_PUMPS, slowPumps } from "./choice-reader-pumps.js";

it("takes time in proportion to the length of a response that repeats any piece of any phrase", () => {
  expect(slowPumps(PHRASE_PUMPS, 5000)).toEqual([]);
}, 600_000);
