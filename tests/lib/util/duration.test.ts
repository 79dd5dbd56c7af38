import { expect, it } from "vitest";
import { shortDuration } from "../../../src/lib/util/duration.js";

it.each([
  [0, "0 s"],
  [119.4, "119 s"],
  [120, "2 min"],
  [7199, "120 min"],
  [9000, "2.5 h"],
])("%d seconds are %s in words", (seconds, words) => {
  expect(shortDuration(seconds)).toBe(words);
});
