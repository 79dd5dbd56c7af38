/** Items of the reporting guideline, in its order, and the answers that the records of a run give. */
export const grrasEnglish = {
  items: {
    title: "1 Title says that agreement is studied",
    category: "2 Category of interest",
    subjects: "3 Subject population",
    raters: "4 Rater population",
    known: "5 What is known about reliability and agreement, and why the study was needed",
    size: "6 How the sample size was chosen",
    sampling: "7 Sampling method",
    process: "8 Measurement process (time interval, training, blinding)",
    independence: "9 Independence of ratings",
    analysis: "10 Statistical analysis",
    numbers: "11 Number of raters and subjects",
    characteristics: "12 Characteristics of raters and subjects",
    estimates: "13 Estimates with uncertainty",
    relevance: "14 Practical relevance",
    details: "15 Detailed results",
  },
  scale: (criterion: string, lowest: number, highest: number) => `${criterion}, ${lowest} to ${highest}`,
  subjects: (benchmark: string) => `judged answers of ${benchmark}`,
  raters: (n: number, judge: string) => `${n} physicians; the judge ${judge}`,
  blinded: (n: string, ratings: string) => `blinded: ${n} of ${ratings} ratings`,
  processGap: "time interval and training not recorded",
  analysis:
    "quadratic-weighted kappa per single rating, intervals robust to clustering by item; also AC, alpha, ICC and Bland-Altman limits",
  numbers: (ratings: string, answers: string, items: string, raters: number) =>
    `${ratings} ratings of ${answers} answers to ${items} items by ${raters} physicians`,
  estimate: (kappa: string, lower: string, upper: string) => `kappa ${kappa} (${lower} to ${upper})`,
  relevance: (target: string, action: string) =>
    `target kappa ${target}; action: ${action}; validity by specialty: see above`,
  details: "tables on this page and in the downloads",
};
