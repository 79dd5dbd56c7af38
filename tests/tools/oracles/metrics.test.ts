import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { metricsAdapters } from "../../../pipelines/tools/oracles/metrics.js";
import type { OracleFile, Tolerance } from "../../../pipelines/tools/oracles/types.js";
import { describeShared } from "../../shared.js";

/** Every expected value, with its path, that `got` misses. */
function misses(expected: unknown, got: unknown, tolerance: Tolerance, path = ""): string[] {
  if (typeof expected === "number") {
    const close =
      typeof got === "number" &&
      Math.abs(got - expected) <= tolerance.abs + tolerance.rel * Math.abs(expected);
    return close ? [] : [`${path}: got ${got}, expected ${expected}`];
  }
  if (typeof expected !== "object" || expected === null) {
    return got === expected ? [] : [`${path}: got ${JSON.stringify(got)}, expected ${expected}`];
  }
  const own = (got ?? {}) as Readonly<Record<string, unknown>>;
  return Object.entries(expected).flatMap(([key, value]) =>
    misses(value, own[key], tolerance, `${path}.${key}`),
  );
}

for (const file of ["05-classification.json", "06-text.json", "07-boxes.json"]) {
  describeShared(`oracles ${file}`, ["oracles", file], (path) => {
    const { cases } = JSON.parse(readFileSync(path, "utf8")) as OracleFile;
    it.each(cases.map((one) => [one.id, one] as const))(
      "%s agrees with the reference to its tolerance",
      (_, one) => {
        const got = metricsAdapters[one.fn]?.(one.input, one.params) ?? {};
        const wrong = Object.entries(one.expected).flatMap(([key, value]) =>
          misses(value, got[key], one.tol.per_key?.[key] ?? one.tol, key),
        );
        expect(wrong).toEqual([]);
      },
    );
  });
}
