/** How often an interval contained the truth in a simulation with a known truth. */
export interface CoverageResult {
  readonly scenario: string;
  readonly method: string;
  readonly coverage: number;
  readonly runs: number;
  /** Allowed range of the coverage; a naive method must stay below 0.90 to show that the scenario can fail. */
  readonly lowest: number;
  readonly highest: number;
}

/** A simulation: `runs` repetitions from one seed, one result per method on the same data. */
export type Scenario = (runs: number, seed: number) => CoverageResult[];

/** Nominal 95 % intervals must cover 93 to 97 %. */
export const sound = { lowest: 0.93, highest: 0.97 };
/** Joint statements may be conservative; one point below 95 % allows for the noise of a few thousand runs. */
export const joint = { lowest: 0.94, highest: 1 };
/** Ignoring the design must have a visible effect: if the naive method covers, the scenario tests nothing. */
export const naive = { lowest: 0, highest: 0.9 };

export function isAsExpected({ coverage, lowest, highest }: CoverageResult): boolean {
  return coverage >= lowest && coverage <= highest;
}

/** Counts how often each method's interval contains the truth. */
export class CoverageCount {
  readonly #scenario: string;
  readonly #methods = new Map<string, { covered: number; runs: number; lowest: number; highest: number }>();

  constructor(scenario: string) {
    this.#scenario = scenario;
  }

  add(method: string, band: { readonly lowest: number; readonly highest: number }, covered: boolean): void {
    const count = this.#methods.get(method) ?? { covered: 0, runs: 0, ...band };
    count.runs += 1;
    if (covered) count.covered += 1;
    this.#methods.set(method, count);
  }

  results(): CoverageResult[] {
    return [...this.#methods].map(([method, { covered, runs, lowest, highest }]) => ({
      scenario: this.#scenario,
      method,
      coverage: covered / runs,
      runs,
      lowest,
      highest,
    }));
  }
}

/** Whether a defined interval contains the truth; an undefined one does not. */
export function containsTruth(
  { lower, upper }: { readonly lower: number | null; readonly upper: number | null },
  truth: number,
): boolean {
  return lower !== null && upper !== null && lower <= truth && truth <= upper;
}
