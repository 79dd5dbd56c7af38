import { element } from "./dom.js";
import { formatKappa } from "./judge-headline.js";
import { type AgreementRow, type ValidityRow, versionKey } from "./judge-rows.js";
import type { Words } from "./words.js";

export interface GrrasEntry {
  /** Number and wording of the guideline's item. */
  readonly item: string;
  /** Null where the records do not tell. */
  readonly answer: string | null;
}

/**
 * The checklist of Kottner et al. (2011), doi:10.1016/j.jclinepi.2010.03.002, filled from the run's records. What no
 * record tells stays a gap: a checklist that is always full checks nothing.
 */
export function grrasEntries(
  overall: AgreementRow,
  { validity, benchmarkName }: { readonly validity: ValidityRow | undefined; readonly benchmarkName: string },
): GrrasEntry[] {
  const { n_ratings, n_responses, n_groups, n_raters, kappa, kappa_lower, kappa_upper } = overall;
  return [
    { item: "1 Agreement is investigated: in the title", answer: "Can the judge be trusted?" },
    {
      item: "2 Category of interest",
      answer: `${overall.criterion}, ${overall.scale_min} to ${overall.scale_max}`,
    },
    { item: "3 Subject population", answer: `judged answers of ${benchmarkName}` },
    { item: "4 Rater population", answer: `${n_raters} physicians; the judge ${versionKey(overall)}` },
    { item: "5 What is known of reliability and agreement, and why the study", answer: null },
    { item: "6 Choice of the sample size", answer: null },
    { item: "7 Sampling method", answer: null },
    {
      item: "8 Measurement process (time interval, training, blinding)",
      answer:
        overall.n_blinded === 0
          ? null
          : `blinded: ${overall.n_blinded} of ${n_ratings} ratings; time interval and training not on record`,
    },
    { item: "9 Independence of ratings", answer: null },
    {
      item: "10 Statistical analysis",
      answer:
        "quadratic-weighted kappa per single rating, intervals robust over items; AC, alpha, ICC, Bland-Altman beside it",
    },
    {
      item: "11 Number of raters and subjects",
      answer: `${n_ratings} ratings of ${n_responses} answers to ${n_groups} items by ${n_raters} physicians`,
    },
    { item: "12 Characteristics of raters and subjects", answer: null },
    {
      item: "13 Estimates with uncertainty",
      answer:
        kappa === null
          ? null
          : `kappa ${formatKappa(kappa)} (${formatKappa(kappa_lower)} to ${formatKappa(kappa_upper)})`,
    },
    {
      item: "14 Practical relevance",
      answer:
        validity === undefined
          ? null
          : `wanted kappa ${formatKappa(validity.target)}; action: ${validity.action}; validity by specialty above`,
    },
    { item: "15 Detailed results", answer: "tables on this page and among the downloads" },
  ];
}

export function grrasTable(entries: readonly GrrasEntry[], words: Words): HTMLElement {
  const { grras } = words.judge;
  return element(
    "div",
    { class: "mb-table", role: "region", tabindex: 0, "aria-label": grras.caption },
    element(
      "table",
      {},
      element("caption", {}, element("span", {}, grras.caption)),
      element(
        "thead",
        {},
        element(
          "tr",
          {},
          [grras.item, grras.answer].map((label) => element("th", { scope: "col" }, label)),
        ),
      ),
      element(
        "tbody",
        {},
        entries.map(({ item, answer }) =>
          element(
            "tr",
            {},
            element("th", { scope: "row" }, item),
            element("td", {}, answer ?? element("em", { class: "mb-gap" }, grras.gap)),
          ),
        ),
      ),
    ),
  );
}
