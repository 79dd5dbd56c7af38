import { dataTable } from "../../components/tables/data-table.js";
import { type Language, wordsFor } from "../../components/words.js";

/** One result of a worked example: what it is, its value as text, and what a reader takes from it. */
export type Finding = readonly [what: string, value: string, reading: string];

/** How a page about statistics shows what it computed, in its own language. */
export interface Examples {
  /** Table of results that the library computed in the reader's browser. */
  readonly workedExample: (caption: string, findings: readonly Finding[]) => HTMLElement;
  /** A number with fixed digits; an undefined one says so. Default 3 digits. */
  readonly fixed: (value: number | null | undefined, digits?: number) => string;
  /** An estimate with its interval, as "0.700 (0.587 to 0.813)". Default 3 digits. */
  readonly withInterval: (interval: Interval, digits?: number) => string;
}

interface Interval {
  readonly estimate: number | null;
  readonly lower: number | null;
  readonly upper: number | null;
}

export function examplesIn(language: Language): Examples {
  const words = wordsFor(language);
  const { examples } = words;

  function fixed(value: number | null | undefined, digits = 3): string {
    if (value === null || value === undefined) return examples.undefined;
    const text = value.toFixed(digits);
    return Number(text) === 0 ? text.replace("-", "") : text.replace("-", "−");
  }

  return {
    fixed,
    withInterval({ estimate, lower, upper }, digits = 3) {
      if (lower === null || upper === null) return fixed(estimate, digits);
      return examples.interval(fixed(estimate, digits), fixed(lower, digits), fixed(upper, digits));
    },
    workedExample(caption, findings) {
      return dataTable(
        findings,
        [
          { label: examples.statistic, text: ([what]) => what },
          { label: examples.value, text: ([, value]) => value, numeric: true },
          { label: examples.reading, text: ([, , reading]) => reading },
        ],
        { caption: examples.caption(caption), words },
      );
    },
  };
}
