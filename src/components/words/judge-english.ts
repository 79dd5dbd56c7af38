import { gatesEnglish } from "./gates-english.js";

const plural = (n: number, one: string, many: string) => `${n.toLocaleString("en")} ${n === 1 ? one : many}`;

/** Words of the page about judges. */
export const judgeEnglish = {
  version: "Judge",
  criterion: "Criterion",
  criteria: {
    all: "All criteria",
    correctness: "Correctness",
    completeness: "Completeness",
    clinical_reasoning: "Clinical reasoning",
    reasoning: "Clinical reasoning",
    safety: "Safety",
    communication: "Communication",
    key_point: "Key points",
  } as Readonly<Record<string, string>>,
  nothing: "No judge has been held against physicians yet: every score that rests on a judge is provisional.",
  headline: {
    kappa: "Judge and physician",
    ceiling: "Two physicians",
    noCeiling: "no answer was rated twice",
    ratings: (ratings: number, answers: number, raters: number) =>
      `${plural(ratings, "rating", "ratings")} of ${plural(answers, "answer", "answers")} by ${plural(raters, "physician", "physicians")}`,
    interval: (text: string) => `95% interval ${text}`,
  },
  summary: {
    verdict: (kappa: string, target: string, action: string) =>
      action === "recalibrate"
        ? `The judge agrees with single physicians at a kappa of ${kappa}; ${target} is wanted. Its scores are provisional until it is recalibrated.`
        : action === "warning"
          ? `The judge agrees with single physicians at a kappa of ${kappa}, which reaches ${target}, but the interval does not: read its scores with care.`
          : `The judge agrees with single physicians at a kappa of ${kappa}, and the whole interval lies above ${target}.`,
    ceiling: (ceiling: string, below: boolean) =>
      below
        ? `Physicians agree with one another at ${ceiling}: the judge is not as good a colleague as a physician is.`
        : `Physicians agree with one another at ${ceiling}: on these answers the judge is about as good a colleague.`,
    bias: (points: string, direction: "more" | "less" | "even") =>
      direction === "even"
        ? `On average it gives what physicians give (difference ${points} points).`
        : `On average it gives ${points} points ${direction} than physicians do.`,
    unsafe: (share: string, criterion: string) =>
      `Of the answers that a physician graded low on ${criterion.toLowerCase()}, it also grades ${share} low.`,
    specialties: (validated: number, borrowed: number, failed: number) =>
      `Specialties: ${validated} validated on their own ratings, ${borrowed} supported only by the others, ${failed} not validated.`,
    failed: (names: string) => `Do not use the judge's scores in: ${names}.`,
    drift: (alarms: number, looks: number) =>
      looks === 0
        ? "There is no second version or pool yet to see drift with."
        : alarms === 0
          ? `No drift was seen in ${plural(looks, "comparison", "comparisons")}.`
          : `${plural(alarms, "comparison shows", "comparisons show")} drift.`,
  },
  confusion: {
    caption: (criterion: string, n: number) =>
      `${criterion}: grades of the judge against grades of a physician for the same answer, ${plural(n, "pair", "pairs")}. The stronger the color, the more pairs; on the diagonal both agree.`,
    judge: "Judge",
    people: "Physician",
    pairs: "Pairs",
  },
  blandAltman: {
    caption: (criterion: string) =>
      `${criterion}: judge less physician, by the mean of the two. The area of a dot is the number of pairs, the line the mean difference, dashed lines the limits that hold about 95% of differences.`,
    mean: "Mean of judge and physician",
    difference: "Judge less physician",
    limits: "Limits of agreement",
  },
  validity: {
    caption: (criterion: string, target: string, floor: string, minimum: number, rate: string) =>
      `${criterion}: kappa by specialty with 95% intervals. Filled: validated on its own ratings (at least ${minimum} items, reaches ${target}, shown above ${floor}). Hollow: supported only through the other specialties; the mark is the pooled kappa. Cross: not validated. At most ${rate} of the specialties called not validated on their own ratings are so wrongly.`,
    kappa: "Kappa",
    own: "Own kappa",
    pooled: "Pooled kappa",
    borrowed: "Borrowed",
    action: "Action",
    target: (value: string) => `wanted: ${value}`,
    statuses: {
      validated: "validated",
      borrowed: "borrowed",
      "not validated": "not validated",
    } as Readonly<Record<string, string>>,
    actions: {
      none: "none",
      warning: "warning",
      recalibrate: "recalibrate",
    } as Readonly<Record<string, string>>,
  },
  drift: {
    none: "One version of the judge and one pool: nothing to compare yet.",
    caption: (rate: string) =>
      `Change of the mean grade against the baseline, with the limits that chance alone would leave in at most ${rate} of such charts. A change outside the limits is drift.`,
    change: "Change, in grade points",
    limit: "Control limit",
    alarm: "Drift",
    yes: "yes",
    no: "no",
    period: "Version or pool",
    baseline: "Against",
  },
  corrected: {
    caption: (set: string) =>
      `Mean grade of the judged answers, ${set}. Hollow: what the judge gave. Filled: what physicians would have given, with a 95% interval that carries the judge's error and the finite sample of ratings.`,
    judge: "Judge alone",
    corrected: "Corrected",
    rated: "Rated",
    refused: "Why not corrected",
  },
  effects: {
    caption:
      "What else moves the judge's grade. An interval that leaves out 0 is an effect; estimates without one are explained in the last column.",
    effect: "Effect",
    subject: "On",
    estimate: "Estimate",
    note: "Note",
    names: {
      self_preference: "Self-preference: grade points more than to other families",
      length: "Length: grade points",
      position: "Position: grade points",
      self_consistency: "Self-consistency: kappa",
      panel: "Panel: Kendall's tau-b of rankings",
      alt_test: "Alt-test: winning rate",
    } as Readonly<Record<string, string>>,
  },
  grras: {
    caption:
      "Guidelines for Reporting Reliability and Agreement Studies (GRRAS), as far as the records of this run answer them. Gaps are left visible.",
    item: "Item",
    answer: "This report",
    gap: "not on record",
  },
  gates: gatesEnglish,
  slice: "Slice",
  items: "Items",
};
