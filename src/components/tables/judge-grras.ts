import type { ReleasedRow } from "../../lib/records/released-tables.js";
import { element } from "../dom.js";
import { formatCount } from "../figures.js";
import { formatKappa } from "../judge-headline.js";
import type { Words } from "../words.js";

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
  overall: ReleasedRow<"agreement">,
  {
    validity,
    benchmarkName,
    words,
    study,
  }: {
    readonly validity: ReleasedRow<"validity"> | undefined;
    readonly benchmarkName: string;
    readonly words: Words;
    /** What those who ran the study put on record. */
    readonly study: readonly ReleasedRow<"rating_study">[];
  },
): GrrasEntry[] {
  const { n_ratings, n_responses, n_groups, n_raters, n_blinded, kappa, kappa_lower, kappa_upper } = overall;
  const { grras, judge, nav } = words;
  const said = (item: string) =>
    study.find((row) => row.item === item)?.[words.language.code === "zh" ? "zh" : "en"];
  const answers: Readonly<Record<keyof typeof grras.items, string | null>> = {
    title: nav.judge,
    category: grras.scale(
      judge.criteria[overall.criterion] ?? overall.criterion,
      overall.scale_min,
      overall.scale_max,
    ),
    subjects: grras.subjects(benchmarkName),
    raters: grras.raters(n_raters, judgeName(overall)),
    known: null,
    size: null,
    sampling: null,
    process:
      n_blinded === 0
        ? null
        : [
            grras.blinded(formatCount(n_blinded), formatCount(n_ratings)),
            ...(said("process") === undefined ? [grras.processGap] : []),
          ].join(words.language.semicolon),
    independence: null,
    analysis: grras.analysis,
    numbers: grras.numbers(formatCount(n_ratings), formatCount(n_responses), formatCount(n_groups), n_raters),
    characteristics: null,
    estimates:
      kappa === null
        ? null
        : grras.estimate(formatKappa(kappa), formatKappa(kappa_lower), formatKappa(kappa_upper)),
    relevance:
      validity === undefined
        ? null
        : grras.relevance(formatKappa(validity.target), judge.validity.actions[validity.action]),
    details: grras.details,
  };
  return Object.entries(grras.items).map(([key, item]) => ({
    item,
    answer:
      // What the data show, then what people say.
      [answers[key as keyof typeof answers], said(key)]
        .filter((part) => part !== null && part !== undefined)
        .join(words.language.semicolon) || null,
  }));
}

/** Rubric and prompt may go by one name. */
const judgeName = ({ judge, rubric_version, prompt_hash }: ReleasedRow<"agreement">) =>
  [...new Set([judge, rubric_version, prompt_hash])].filter((part) => part !== "").join(" · ");

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
