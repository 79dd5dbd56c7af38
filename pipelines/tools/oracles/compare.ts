import type { OracleCase, Tolerance } from "./types.js";

export interface Mismatch {
  /** Path of the value inside `expected`, such as `ICC2.ci_lower`. */
  readonly key: string;
  readonly got: unknown;
  readonly expected: unknown;
  /** Name of the typical mistake that gives the actual value. */
  readonly notThese: string | null;
}

export interface Comparison {
  readonly mismatches: readonly Mismatch[];
  /** Expected values compared. */
  readonly compared: number;
  /** Expected values that the library does not offer. */
  readonly notOffered: readonly string[];
}

/** Abilities are listed for the first persons only; `n_eap` is the length of that list, not a statistic. */
const listedFirst = new Set(["eap", "eap_sd"]);
const listLengths = new Set(["n_eap"]);

/** Compares the library's results with the oracle's expected values; other keys are ignored. */
export function compareCase(oracle: OracleCase, got: Readonly<Record<string, unknown>>): Comparison {
  const mismatches: Mismatch[] = [];
  const notOffered: string[] = [];
  let compared = 0;
  const visit = (key: string, expected: unknown, actual: unknown, tolerance: Tolerance): void => {
    if (actual === undefined) {
      notOffered.push(key);
    } else if (Array.isArray(expected)) {
      const items: readonly unknown[] = expected;
      if (Array.isArray(actual) && actual.length === items.length) {
        for (const [i, item] of items.entries())
          visit(`${key}.${i}`, item, (actual as unknown[])[i], tolerance);
      } else {
        fail(key, expected, actual, tolerance);
      }
    } else if (isRecord(expected)) {
      if (isRecord(actual)) {
        for (const [name, value] of Object.entries(expected))
          visit(`${key}.${name}`, value, actual[name], tolerance);
      } else {
        fail(key, expected, actual, tolerance);
      }
    } else {
      compared += 1;
      if (!agrees(expected, actual, tolerance)) fail(key, expected, actual, tolerance);
    }
  };
  const fail = (key: string, expected: unknown, actual: unknown, tolerance: Tolerance): void => {
    mismatches.push({
      key,
      got: actual,
      expected,
      notThese: knownMistake(oracle.not_these, actual, tolerance),
    });
  };
  for (const [key, expected] of Object.entries(oracle.expected)) {
    if (listLengths.has(key)) continue;
    const actual = got[key];
    const listed = listedFirst.has(key) && Array.isArray(actual) && Array.isArray(expected);
    visit(
      key,
      expected,
      listed ? actual.slice(0, expected.length) : actual,
      oracle.tol.per_key?.[key] ?? oracle.tol,
    );
  }
  return { mismatches, compared, notOffered };
}

/** Numbers within tolerance, everything else exactly; only null matches an expected null, never NaN or 0. */
function agrees(expected: unknown, actual: unknown, { abs, rel }: Tolerance): boolean {
  if (typeof expected === "number" && typeof actual === "number") {
    return Math.abs(actual - expected) <= abs + rel * Math.abs(expected);
  }
  return expected === actual;
}

function knownMistake(
  notThese: OracleCase["not_these"],
  actual: unknown,
  tolerance: Tolerance,
): string | null {
  const search = (name: string, value: unknown): string | null => {
    if (typeof value === "number" && agrees(value, actual, tolerance)) return name;
    if (typeof value !== "object" || value === null) return null;
    for (const [inner, part] of Object.entries(value)) {
      const hit = search(`${name}.${inner}`, part);
      if (hit !== null) return hit;
    }
    return null;
  };
  for (const [name, value] of Object.entries(notThese ?? {})) {
    const hit = search(name, value);
    if (hit !== null) return hit;
  }
  return null;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
