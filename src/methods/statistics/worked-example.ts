import { dataTable } from "../../components/data-table.js";
import { wordsFor } from "../../components/words.js";

/** One result of a worked example: what it is, its value as text, and what a reader takes from it. */
export type Finding = readonly [what: string, value: string, reading: string];

/** Table of results that the library computed in the reader's browser. */
export function workedExample(caption: string, findings: readonly Finding[]): HTMLElement {
  return dataTable(
    findings,
    [
      { label: "Statistic", text: ([what]) => what },
      { label: "Value", text: ([, value]) => value, numeric: true },
      { label: "What it says", text: ([, , reading]) => reading },
    ],
    { caption: `${caption} (computed on this page)`, words: wordsFor("en") },
  );
}

/** A number with fixed digits; an undefined one says so. */
export function fixed(value: number | null | undefined, digits = 3): string {
  if (value === null || value === undefined) return "undefined";
  const text = value.toFixed(digits);
  return Number(text) === 0 ? text.replace("-", "") : text.replace("-", "−");
}

/** An estimate with its interval, as "0.700 (0.587 to 0.813)". */
export function withInterval(
  {
    estimate,
    lower,
    upper,
  }: { readonly estimate: number | null; readonly lower: number | null; readonly upper: number | null },
  digits = 3,
): string {
  if (lower === null || upper === null) return fixed(estimate, digits);
  return `${fixed(estimate, digits)} (${fixed(lower, digits)} to ${fixed(upper, digits)})`;
}
