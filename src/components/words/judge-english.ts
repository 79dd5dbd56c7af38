import { englishPlural as plural } from "../../lib/messages/plural.js";
import type { Row } from "../../lib/records/tables.js";
import { gatesEnglish } from "./gates-english.js";

/** Words of the page about judges. */
export const judgeEnglish = {
  version: "Judge",
  ofRecord: (version: string) => `${version} (of record: scores use it)`,
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
  nothing:
    "No judge has been compared with physicians yet, so every score that depends on a judge is provisional.",
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
        ? `The agreement of the judge with a single physician is a kappa of ${kappa}; the target is ${target}. Its scores are provisional until it is recalibrated.`
        : action === "warning"
          ? `The agreement of the judge with a single physician is a kappa of ${kappa}, which reaches the target of ${target}, but its interval extends below it: interpret its scores with caution.`
          : `The agreement of the judge with a single physician is a kappa of ${kappa}, and the whole interval is above the target of ${target}.`,
    ceiling: (ceiling: string, below: boolean) =>
      below
        ? `The agreement of two physicians is a kappa of ${ceiling}: the judge agrees with physicians less than they agree with each other.`
        : `The agreement of two physicians is a kappa of ${ceiling}: on these answers, the judge agrees with physicians about as well as they agree with each other.`,
    bias: (points: string, direction: "more" | "less" | "even") =>
      direction === "even"
        ? `On average it gives the same grades as physicians (difference ${points} points).`
        : `On average it gives ${points} points ${direction} than physicians do.`,
    unsafe: (share: string, criterion: string) =>
      `Of the answers that a physician graded low on ${criterion.toLowerCase()}, the judge also graded ${share} low.`,
    specialties: (validated: number, borrowed: number, failed: number) =>
      `Specialties: ${validated} validated on their own ratings, ${borrowed} supported only by the other specialties, ${failed} not validated.`,
    failed: (names: string) => `Do not use the judge's scores in: ${names}.`,
    drift: (alarms: number, looks: number) =>
      looks === 0
        ? "There is no second version or pool yet, so drift cannot be checked."
        : alarms === 0
          ? `No drift was found in ${plural(looks, "comparison", "comparisons")}.`
          : `${plural(alarms, "comparison shows", "comparisons show")} drift.`,
  },
  confusion: {
    caption: (criterion: string, n: number) =>
      `${criterion}: the judge's grades and physicians' grades of the same answers, ${plural(n, "pair", "pairs")}. A stronger color means more pairs; on the diagonal the two agree.`,
    judge: "Judge",
    people: "Physician",
    pairs: "Pairs",
  },
  blandAltman: {
    caption: (criterion: string) =>
      `${criterion}: judge minus physician, against the mean of the two. The area of a dot is the number of pairs, the line is the mean difference, and the dashed lines are limits that contain about 95% of the differences.`,
    mean: "Mean of judge and physician",
    difference: "Judge minus physician",
    limits: "Limits of agreement",
  },
  validity: {
    caption: (criterion: string, target: string, floor: string, minimum: number, rate: string) =>
      `${criterion}: kappa by specialty with 95% intervals. Filled: validated on its own ratings (at least ${minimum} items, kappa reaches ${target} and is shown to be above ${floor}). Hollow: supported only by the other specialties; the mark is the pooled kappa. Cross: not validated. Of the specialties that fail on their own ratings, at most ${rate} are expected to be false alarms.`,
    kappa: "Kappa",
    own: "Own kappa",
    pooled: "Pooled kappa",
    borrowed: "Borrowed",
    action: "Action",
    target: (value: string) => `target: ${value}`,
    statuses: {
      validated: "validated",
      borrowed: "borrowed",
      "not validated": "not validated",
    } satisfies Readonly<Record<Row<"validity">["status"], string>>,
    actions: {
      none: "none",
      warning: "warning",
      recalibrate: "recalibrate",
    } satisfies Readonly<Record<Row<"validity">["action"], string>>,
  },
  drift: {
    none: "There is only one version of the judge and one pool, so there is nothing to compare yet.",
    caption: (rate: string) =>
      `Change of the mean grade from the baseline, with limits that chance alone would exceed on any of these charts, now or later, with a probability of at most ${rate}. A change outside the limits is drift.`,
    change: "Change, in grade points",
    limit: "Control limit",
    alarm: "Drift",
    yes: "yes",
    no: "no",
    period: "Version or pool",
    baseline: "Baseline",
  },
  corrected: {
    caption: (set: string) =>
      `Mean grade of the judged answers, ${set}. Hollow: the judge's grades. Filled: the grades that physicians would have given, with a 95% interval that accounts for the judge's error, the limited number of ratings and, with three or more physicians, the choice of physicians. Each judged answer counts once; the corrected scores of the leaderboard weigh them as the benchmark does.`,
    judge: "Judge alone",
    corrected: "Corrected",
    rated: "Rated",
    about: "Interval about",
    raters: {
      "these raters": "these physicians only",
      "raters like them": "physicians like those who rated",
    },
    refused: "Why not corrected",
  },
  effects: {
    caption:
      "What else affects the judge's grades. An interval that excludes 0 shows an effect; the last column explains missing estimates.",
    effect: "Effect",
    subject: "Measured on",
    estimate: "Estimate",
    note: "Note",
    names: {
      self_preference: "Self-preference: extra grade points compared with other families",
      length: "Answer length: grade points",
      position: "Position of the point: grade points",
      self_consistency: "Self-consistency: kappa",
      panel: "Panel: Kendall's tau-b of rankings",
      alt_test: "Alt-test: winning rate",
      alt_test_rater: "Alt-test, one rater: share of items won by the judge",
    } satisfies Readonly<Record<Row<"judge_bias">["effect"], string>>,
  },
  grras: {
    caption:
      "Guidelines for Reporting Reliability and Agreement Studies (GRRAS), filled in from the records of this run. Missing information stays visible.",
    item: "Item",
    answer: "This report",
    gap: "not recorded",
  },
  gates: gatesEnglish,
  slice: "Slice",
  items: "Items",
};
