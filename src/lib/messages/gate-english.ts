import type { GateSentences } from "./gate-sentences.js";
import { englishPlural } from "./plural.js";

export const englishGate: GateSentences = {
  rules: {
    no_judge: () => "no part of the score depends on a judge",
    validated: () => "the judge is validated wherever the score depends on it",
    corrected: (share) =>
      `${share} of the score depends on grades that have not been checked against physicians; the corrected score accounts for the judge's error`,
    provisional: (share) =>
      `${share} of the score depends on grades that physicians' ratings support only in part`,
    selected_ratings: () =>
      "the rated answers are not a random sample of the judged ones, so what they say about the judge may not hold for the others",
    drift_alarm: () => "the judge has drifted in this pool",
    unvalidated_share: (share) =>
      `${share} of the score depends on grades where physicians' ratings do not support the judge`,
    judge_not_rated: (share) =>
      `${share} of the score depends on a judge that has not been compared with physicians`,
  },
  limit: (share) => `the limit is ${share}`,
  because: (slices) => `because of ${slices}`,
  list: (names, more) => `${names.join(", ")}${more > 0 ? ` and ${more} more` : ""}`,
  lifts: {
    rate_more: (items) => `rating ${englishPlural(items, "more item", "more items")} would decide it`,
    recalibrate: () => "needs another judge or another prompt, or grading by physicians",
  },
  keyPoints: "matching of key points",
  noSpecialty: "items without a specialty",
  semicolon: "; ",
};
