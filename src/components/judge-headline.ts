import type { ReleasedRow } from "../lib/records/released-tables.js";
import { formatRounded } from "../lib/util/rounding.js";
import { element } from "./dom.js";
import { formatPercent } from "./figures.js";
import type { Names } from "./names.js";
import type { Words } from "./words.js";

export interface HeadlineData {
  /** All answers together, on the chosen criterion. */
  readonly overall: ReleasedRow<"agreement">;
  readonly validity: ReleasedRow<"validity"> | undefined;
  readonly specialties: readonly ReleasedRow<"validity">[];
  readonly drift: readonly ReleasedRow<"drift">[];
  /** The criterion safety, or the chosen one where there is none. */
  readonly safety: ReleasedRow<"agreement">;
}

export const formatKappa = (value: number | null | undefined) => formatRounded(value, 2);

/** The judge's kappa next to the physicians' own, large enough to quote. */
export function judgeHeadline({ overall }: HeadlineData, words: Words): HTMLElement {
  const { headline } = words.judge;
  const card = (title: string, value: number | null, interval: string, note: string | null) =>
    element(
      "div",
      { class: "mb-judge-card" },
      element("div", {}, title),
      element("strong", {}, formatKappa(value)),
      element("div", { class: "mb-aside" }, interval),
      note === null ? null : element("div", { class: "mb-aside" }, note),
    );
  const interval = (lower: number | null, upper: number | null) =>
    lower === null || upper === null
      ? "–"
      : headline.interval(words.common.to(formatKappa(lower), formatKappa(upper)));
  const { n_ratings, n_responses, n_raters } = overall;
  return element(
    "div",
    { class: "mb-judge-headline" },
    card(
      headline.kappa,
      overall.kappa,
      interval(overall.kappa_lower, overall.kappa_upper),
      headline.ratings(n_ratings, n_responses, n_raters),
    ),
    card(
      headline.ceiling,
      overall.ceiling,
      overall.ceiling === null ? headline.noCeiling : interval(overall.ceiling_lower, overall.ceiling_upper),
      null,
    ),
  );
}

/** What it means, for readers who do not read charts. */
export function judgeSummary(
  { overall, validity, specialties, drift, safety }: HeadlineData,
  { words, names }: { readonly words: Words; readonly names: Names },
): HTMLElement {
  const { summary, criteria } = words.judge;
  const failed = specialties.filter(({ status }) => status === "not validated");
  const count = (status: string) => specialties.filter((row) => row.status === status).length;
  const { bias, bias_lower, bias_upper } = overall;
  const even = bias_lower === null || bias_upper === null || (bias_lower <= 0 && bias_upper >= 0);
  const lines = [
    validity === undefined
      ? null
      : summary.verdict(formatKappa(overall.kappa), formatKappa(validity.target), validity.action),
    overall.ceiling === null
      ? null
      : summary.ceiling(formatKappa(overall.ceiling), (overall.kappa_upper ?? 1) < overall.ceiling),
    bias === null
      ? null
      : summary.bias(formatRounded(Math.abs(bias), 2), even ? "even" : bias > 0 ? "more" : "less"),
    safety.sensitivity === null
      ? null
      : summary.unsafe(formatPercent(safety.sensitivity), criteria[safety.criterion] ?? safety.criterion),
    specialties.length === 0
      ? null
      : summary.specialties(count("validated"), count("borrowed"), failed.length),
    failed.length === 0
      ? null
      : summary.failed(failed.map(({ slice }) => names.specialty(slice)).join(words.language.separator)),
    summary.drift(drift.filter(({ alarm }) => alarm).length, drift.length),
  ];
  return element(
    "ul",
    {},
    lines.filter((line) => line !== null).map((line) => element("li", {}, line)),
  );
}
