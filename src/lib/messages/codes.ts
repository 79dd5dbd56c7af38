/** Kind of a message parameter: a whole number of things, any number, or a name from the data. */
export type ParameterKind = "count" | "number" | "name";

/**
 * Every message that a table may contain, with the parameters of its sentence. Tables store the code and the
 * parameters; `english.ts` and `chinese.ts` contain the sentences. A code without a sentence in either language does
 * not compile.
 */
export const messageParameters = {
  // Agreement of a judge with people, or with itself.
  "no-rated-answer": {},
  "one-value-only": {},
  "one-item-only": {},
  "too-few-items-for-interval": { found: "count", wanted: "count" },
  "no-disagreement": {},

  // Where a judge may replace people.
  "below-target": { target: "number" },
  "reaches-target": { target: "number", floor: "number" },
  "no-kappa": {},
  "too-few-slices": {},
  "few-items-borrowed": { items: "count", floor: "number" },
  "undecided-borrowed": { floor: "number" },
  "below-other-slices": { items: "count" },
  "not-above-floor": { floor: "number" },

  // Drift.
  "too-few-shared-items": {},
  "too-few-rated-items-in-pool": {},

  // Other effects on a judge's grades.
  "answers-not-stored": {},
  "no-numbered-criterion": {},
  "no-variation": {},
  "no-testable-rater": { wanted: "count" },
  "too-few-compared-items": { found: "count", wanted: "count" },
  "too-few-systems": {},
  "systems-tied": {},

  // What such an effect is measured on.
  "own-family": { family: "name" },
  family: { family: "name" },
  "length-doubling": {},
  "list-place": {},
  "shuffled-place": {},
  "judge-itself": {},
  "all-raters": { epsilon: "number" },
  rater: { rater: "name" },
  "other-judge": { judge: "name", place: "name" },

  // Corrected scores.
  "too-few-rated-items": { found: "count", wanted: "count" },
  "other-judge-version": {},
  "other-systems-rated": {},
  "other-pool-rated": {},
  "no-ratings": {},
  "unseen-errors": { found: "count", missed: "number", wanted: "count" },
  "unrated-part": { part: "name", percent: "number" },
  "selected-ratings": { rated: "name", others: "name", p: "number" },

  // Ranks and comparisons.
  "no-comparable-run": {},
  "too-many-groups": {},
  "incomplete-score": {},
  "too-few-rated-answers": {},
  "constant-difference": {},

  // How an interval or a rank set was computed.
  "wilson-groups": {},
  "wilson-rows": {},
  "score-groups": {},
  "joint-rank-sets": {},
  "marginal-rank-sets": {},
} as const satisfies Readonly<Record<string, Readonly<Record<string, ParameterKind>>>>;

/** Codes of the messages that a table may contain. */
export type MessageCode = keyof typeof messageParameters;

interface ParameterValues {
  readonly count: number;
  readonly number: number;
  readonly name: string;
}

/** The values that the sentence of a code needs. */
export type ParametersOf<Code extends MessageCode> = {
  readonly [Name in keyof (typeof messageParameters)[Code]]: (typeof messageParameters)[Code][Name] extends ParameterKind
    ? ParameterValues[(typeof messageParameters)[Code][Name]]
    : never;
};

/** A code with its parameters. */
export type Message<Code extends MessageCode = MessageCode> = {
  readonly [Each in Code]: { readonly code: Each; readonly parameters: ParametersOf<Each> };
}[Code];

/** The sentences of a language. */
export type Sentences = { readonly [Code in MessageCode]: (parameters: ParametersOf<Code>) => string };

/** Why a kappa or its interval is undefined. */
export const kappaReasons = [
  "no-rated-answer",
  "one-value-only",
  "one-item-only",
  "too-few-items-for-interval",
  "no-disagreement",
] as const satisfies readonly MessageCode[];
/** Codes of the reasons why a kappa is undefined. */
export type KappaReason = (typeof kappaReasons)[number];

/** Why a slice is validated, borrowed, or neither. */
export const validityReasons = [
  "below-target",
  "reaches-target",
  "no-kappa",
  "too-few-slices",
  "few-items-borrowed",
  "undecided-borrowed",
  "below-other-slices",
  "not-above-floor",
] as const satisfies readonly MessageCode[];
/** Codes of the reasons for the status of a slice. */
export type ValidityReason = (typeof validityReasons)[number];

/** Why a change has no control limit. */
export const driftReasons = [
  "too-few-shared-items",
  "too-few-rated-items-in-pool",
] as const satisfies readonly MessageCode[];

/** Why an effect has no estimate. */
export const effectReasons = [
  ...kappaReasons,
  "answers-not-stored",
  "no-numbered-criterion",
  "no-variation",
  "too-few-rated-items",
  "no-testable-rater",
  "too-few-compared-items",
  "too-few-systems",
  "systems-tied",
] as const satisfies readonly MessageCode[];
/** Codes of the reasons why an effect has no estimate. */
export type EffectReason = (typeof effectReasons)[number];

/** What an effect is measured on. */
export const effectSubjects = [
  "own-family",
  "family",
  "length-doubling",
  "list-place",
  "shuffled-place",
  "judge-itself",
  "all-raters",
  "rater",
  "other-judge",
] as const satisfies readonly MessageCode[];
/** Codes of what an effect is measured on. */
export type EffectSubject = (typeof effectSubjects)[number];

/** Why a score could not be corrected. */
export const correctionReasons = [
  "too-few-rated-items",
  "unseen-errors",
  "unrated-part",
  "selected-ratings",
  "other-judge-version",
  "other-systems-rated",
  "other-pool-rated",
  "no-ratings",
] as const satisfies readonly MessageCode[];
export type CorrectionReason = (typeof correctionReasons)[number];

/** Why a run has no rank. */
export const rankReasons = [
  "no-comparable-run",
  "too-many-groups",
  "incomplete-score",
  "too-few-rated-answers",
] as const satisfies readonly MessageCode[];
export type RankReason = (typeof rankReasons)[number];

/** Why a difference has no interval. */
export const comparisonReasons = ["constant-difference"] as const satisfies readonly MessageCode[];

/** How the interval of a score was computed. */
export const intervalMethods = [
  "wilson-groups",
  "wilson-rows",
  "score-groups",
] as const satisfies readonly MessageCode[];
export type IntervalMethod = (typeof intervalMethods)[number];

/** How rank sets were computed: with joint confidence for all of them, or each on its own. */
export const rankMethods = [
  "joint-rank-sets",
  "marginal-rank-sets",
] as const satisfies readonly MessageCode[];
