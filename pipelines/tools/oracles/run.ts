import { agreementAdapters } from "./agreement.js";
import { catalogueAdapters } from "./catalogue.js";
import { compareCase, type Mismatch } from "./compare.js";
import { type KnownGap, knownGaps } from "./known-gaps.js";
import { type LoadedOracle, loadOracles } from "./load.js";
import { metricsAdapters } from "./metrics.js";
import { rankingAdapters } from "./ranking.js";
import { statsAdapters } from "./stats.js";
import type { OracleAdapter, OracleCase } from "./types.js";

export interface CaseFailure {
  readonly id: string;
  readonly fn: string;
  readonly mismatches: readonly Mismatch[];
  /** Message of an exception, which is always a failure: undefined results must be returned, not thrown. */
  readonly error: string | null;
}

export interface GroupReport {
  readonly file: string;
  readonly group: string;
  readonly title: string;
  readonly cases: number;
  readonly passed: number;
  readonly failures: readonly CaseFailure[];
  /** Ids of cases in which nothing could be compared. */
  readonly skipped: readonly string[];
  /** Differences on the list of known gaps; their cases neither pass nor fail. */
  readonly gaps: readonly KnownGap[];
  /** Function -> expected values that the library does not offer; an empty list means that the function is missing. */
  readonly notOffered: Readonly<Record<string, readonly string[]>>;
}

export interface OracleReport {
  readonly cases: number;
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly withKnownGaps: number;
  readonly groups: readonly GroupReport[];
  /** JSON files that do not declare the schema. */
  readonly ignored: readonly string[];
}

/** Every library function that an oracle can test. */
export const oracleAdapters: Readonly<Record<string, OracleAdapter>> = {
  ...statsAdapters,
  ...agreementAdapters,
  ...metricsAdapters,
  ...rankingAdapters,
  ...catalogueAdapters,
};

/**
 * Runs the cases of an oracle file, or of a folder of them, against the library.
 *
 * @throws InputError if the path contains no readable oracle
 */
export async function runOracles(path: string, adapters = oracleAdapters): Promise<OracleReport> {
  const { oracles, ignored } = await loadOracles(path);
  const groups = oracles.map((oracle) => runGroup(oracle, adapters));
  const total = (count: (group: GroupReport) => number) =>
    groups.reduce((all, group) => all + count(group), 0);
  return {
    cases: total((group) => group.cases),
    passed: total((group) => group.passed),
    failed: total((group) => group.failures.length),
    skipped: total((group) => group.skipped.length),
    withKnownGaps: total((group) => casesOf(group.gaps)),
    groups,
    ignored,
  };
}

/** The result of one case: pass, failure, known gaps only, or nothing to compare. */
export function runCase(
  oracle: OracleCase,
  adapters = oracleAdapters,
  listed: readonly KnownGap[] = knownGaps,
): {
  readonly failure: CaseFailure | null;
  /** Listed gaps of this case in which the library still differs. */
  readonly gaps: readonly KnownGap[];
  readonly compared: number;
  readonly notOffered: readonly string[];
} {
  const { id, fn } = oracle;
  const adapter = Object.hasOwn(adapters, fn) ? adapters[fn] : undefined;
  if (adapter === undefined) return { failure: null, gaps: [], compared: 0, notOffered: [] };
  let got: Record<string, unknown>;
  try {
    got = adapter(oracle.input, oracle.params);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { failure: { id, fn, mismatches: [], error: message }, gaps: [], compared: 0, notOffered: [] };
  }
  const { mismatches, compared, notOffered } = compareCase(oracle, got);
  const differs = (gap: KnownGap, { key }: Mismatch) =>
    gap.id === id && (key === gap.key || key.startsWith(`${gap.key}.`));
  const unexplained = mismatches.filter((mismatch) => !listed.some((gap) => differs(gap, mismatch)));
  return {
    failure: unexplained.length === 0 ? null : { id, fn, mismatches: unexplained, error: null },
    gaps: listed.filter((gap) => mismatches.some((mismatch) => differs(gap, mismatch))),
    compared,
    notOffered,
  };
}

function runGroup(oracle: LoadedOracle, adapters: Readonly<Record<string, OracleAdapter>>): GroupReport {
  const failures: CaseFailure[] = [];
  const skipped: string[] = [];
  const gaps: KnownGap[] = [];
  const missing = new Map<string, Set<string>>();
  for (const each of oracle.cases) {
    const { failure, gaps: found, compared, notOffered } = runCase(each, adapters);
    if (failure !== null) failures.push(failure);
    else if (found.length > 0) gaps.push(...found);
    else if (compared === 0) skipped.push(each.id);
    if (notOffered.length > 0 || (failure === null && compared === 0)) {
      const keys = missing.get(each.fn) ?? new Set<string>();
      missing.set(each.fn, new Set([...keys, ...notOffered]));
    }
  }
  const { file, group, title, cases } = oracle;
  const notOffered = Object.fromEntries([...missing].map(([fn, keys]) => [fn, [...keys]]));
  const passed = cases.length - failures.length - skipped.length - casesOf(gaps);
  return { file, group, title, cases: cases.length, passed, failures, skipped, gaps, notOffered };
}

function casesOf(gaps: readonly KnownGap[]): number {
  return new Set(gaps.map(({ id }) => id)).size;
}
