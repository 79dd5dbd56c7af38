const plural = (n: number, one: string, many: string) => `${n.toLocaleString("en")} ${n === 1 ? one : many}`;

/** Words about what may be published. */
export const gatesEnglish = {
  title: "What may be published?",
  withheld: "withheld",
  column: "Publication",
  corrected: "Corrected by physicians' ratings",
  restsOnJudge: "Rests on the judge",
  unvalidated: "Of it not validated",
  decisions: {
    no_judge_involved: "no judge",
    publish: "published",
    publish_corrected: "corrected",
    publish_with_warning: "caveat",
    withhold: "withheld",
  } as Readonly<Record<string, string>>,
  scopes: {
    task: "Scores of datasets",
    dimension: "Scores of dimensions",
    overall: "Overall scores",
    specialty: "Scores of specialties",
    judged_overall: "Mean grades, overall",
    judged_dimension: "Mean grades by dimension",
    judged_specialty: "Mean grades by specialty",
  } as Readonly<Record<string, string>>,
  scope: "Figures",
  total: "All",
  reasons: {
    no_judge: () => "nothing rests on a judge",
    validated: () => "the judge is validated wherever the score rests on it",
    corrected: (share: string) =>
      `${share} rests on grades that no physician's rating vouches for; the corrected score takes the judge's error in`,
    provisional: (share: string) => `${share} rests on grades with limited support from physicians' ratings`,
    drift_alarm: () => "the judge has drifted in this pool",
    unvalidated_share: (share: string) =>
      `${share} rests on grades of a judge that physicians' ratings do not support there`,
    judge_not_rated: (share: string) => `${share} rests on grades of a judge that no physician has checked`,
  } as Readonly<Record<string, (share: string) => string>>,
  limit: (share: string) => `at most ${share} may`,
  because: (slices: string) => `because of ${slices}`,
  keyPoints: "matching of key points",
  lifts: {
    rate_more: (n: number) => `would be decided by rating ${plural(n, "more item", "more items")} there`,
    recalibrate: () => "needs another judge or prompt there, or physicians in its place",
  } as Readonly<Record<string, (n: number) => string>>,
  note: (n: number, of: number) =>
    `${n.toLocaleString("en")} of ${plural(of, "score", "scores")} are withheld, because too much of them rests on a judge that physicians' ratings do not support there.`,
  judgedOverall: (share: string) =>
    `Up to ${share} of an overall score rests on grades that no physician's rating vouches for.`,
  here: (n: number) => `${plural(n, "score is", "scores are")} withheld here (⊘):`,
  caption:
    "Every figure that rests on the judge, by what may be done with it. Withheld figures have no value in any table or download.",
  withheldCaption: "Withheld figures, with the reason and what would lift it.",
  none: "Nothing is withheld.",
  runs: "Systems",
};
