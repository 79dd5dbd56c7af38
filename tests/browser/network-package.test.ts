import { expect, test } from "vitest";
import { networkPackage } from "../../notebooks/network-package.js";

test.each([
  ["npm:d3", "d3", ""],
  ["npm:d3@7", "d3", ""],
  ["npm:@observablehq/plot@0.6.17", "@observablehq/plot", ""],
  ["npm:d3-dsv/src/dsv.js", "d3-dsv", "/src/dsv.js"],
  ["https://cdn.jsdelivr.net/npm/d3/+esm", "d3", ""],
  ["https://cdn.jsdelivr.net/npm/d3@7.9.0/+esm", "d3", ""],
  [
    "https://cdn.jsdelivr.net/npm/@duckdb/duckdb-wasm@1.32.0/dist/duckdb-eh.wasm",
    "@duckdb/duckdb-wasm",
    "/dist/duckdb-eh.wasm",
  ],
  [
    "https://cdn.jsdelivr.net/npm/echarts/dist/echarts.esm.min.js/+esm",
    "echarts",
    "/dist/echarts.esm.min.js",
  ],
])("%s is the package %s, whatever version is asked for", (source, name, path) => {
  expect(networkPackage(source)).toEqual({ name, path });
});

test.each([
  "d3",
  "./chart.js",
  "jsr:@std/path",
  "https://esm.sh/jsr/@std/path",
  "https://example.org/npm/d3/+esm",
  "node:fs",
])("%s is not the address of an npm package", (source) => {
  expect(networkPackage(source)).toBeNull();
});
