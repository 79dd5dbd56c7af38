import { expect, it } from "vitest";
import { screenWidth } from "../../pipelines/terminal/screen.js";

it.each([
  ["a terminal of 132 columns", { isTTY: true, columns: 132 }, undefined, 132],
  ["a terminal that does not tell", { isTTY: true, columns: 0 }, undefined, 80],
  ["COLUMNS, which a user sets", { isTTY: true, columns: 132 }, "60", 60],
  ["COLUMNS on a pipe", { isTTY: false }, "100", 100],
  ["COLUMNS that is no number", { isTTY: true, columns: 90 }, "wide", 90],
  ["a pipe or a file", {}, undefined, Number.POSITIVE_INFINITY],
])("%s decides the width of output", (_, screen, columns, width) => {
  expect(screenWidth(screen, columns ?? "")).toBe(width);
});
