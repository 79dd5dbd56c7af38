import { type ClusteredProportion, clusteredWilson } from "../stats/clustered-wilson.js";
import { type MutationKind, type MutationOperator, mutationKinds } from "./operator.js";

/** One edit of one answer with the judge's grades of both. */
export interface JudgedEdit {
  /** Independent unit: all edits of one answer share it. */
  readonly answer: string;
  readonly operator: string;
  readonly kind: MutationKind;
  readonly language: string;
  /** Primary specialties of the item; may be none or several. */
  readonly specialties: readonly string[];
  /** Grade in [0, 1] of the original answer; null if the judge gave no readable grade. */
  readonly before: number | null;
  /** Grade in [0, 1] of the edited answer; null if the judge gave no readable grade. */
  readonly after: number | null;
}

/**
 * Result of an edit. `hit` means that the grade fell (dangerous: as it should; harmless: a false alarm) or, for an
 * attack, rose. `noRoom`: the grade could not have moved in that direction. `unread`: a grade is missing.
 */
export type EditResult = "hit" | "miss" | "noRoom" | "unread";

/** Options of `editResult`. */
export interface ScoreOptions {
  /** A grade must move by more than this (on 0 to 1) to count. Default 0. */
  readonly margin?: number;
  /** Coverage in (0, 1). Default 0.95. */
  readonly confidence?: number;
}

/** Operators and languages that were tried: an operator without an edit in a language is then listed with n = 0. */
export interface StressPlan {
  readonly operators: readonly Pick<MutationOperator, "id" | "kind">[];
  readonly languages: readonly string[];
}

/**
 * Classifies the judge's reaction to one edit.
 *
 * @param edit kind of the edit, and the grades in [0, 1] before and after it
 * @example editResult({ kind: "dangerous", before: 0.75, after: 0.5 }) // "hit"
 */
export function editResult(
  { kind, before, after }: Pick<JudgedEdit, "kind" | "before" | "after">,
  { margin = 0 }: Pick<ScoreOptions, "margin"> = {},
): EditResult {
  if (before === null || after === null) return "unread";
  const room = kind === "attack" ? 1 - before : before;
  // Equal means of integers can differ in the last bits because of rounding.
  if (room <= margin + 1e-9) return "noRoom";
  const moved = kind === "attack" ? after - before : before - after;
  return moved > margin + 1e-9 ? "hit" : "miss";
}

/** Which edits a row covers; null means all of them. */
export interface StressSlice {
  readonly kind: MutationKind;
  readonly operator: string | null;
  readonly language: string | null;
  readonly specialty: string | null;
}

/** One row of `stressRates`: how often the judge noticed. */
export interface StressRate extends StressSlice {
  /** Mutation score (dangerous), false alarms (harmless) or injection success (attack) with its interval. */
  readonly rate: ClusteredProportion;
  /** Edits made; 0 if the operator could not be applied to any answer. */
  readonly nEdits: number;
  readonly hits: number;
  /** Edits left out because the grade could not have moved. */
  readonly nNoRoom: number;
  /** Edits left out because a grade is missing. */
  readonly nUnread: number;
}

/**
 * Mutation score, false alarms and injection success: overall, per operator, per operator and language, per language
 * and per specialty. Edits without a readable grade, or without room to move, are counted separately and never enter
 * the rate. An item with several specialties counts in each of them. With a plan, operators and languages without an
 * edit are also listed, with an undefined rate and a reason; without a plan they are not listed.
 *
 * @returns rows by kind; inside a kind: all, operators, operators by language, languages, specialties
 * @example stressRates([{ answer: "a", operator: "o", kind: "dangerous", language: "en", specialties: [], before: 1, after: 0 }])[0]?.hits // 1
 */
export function stressRates(
  edits: readonly JudgedEdit[],
  { plan = { operators: [], languages: [] }, ...options }: ScoreOptions & { readonly plan?: StressPlan } = {},
): StressRate[] {
  return mutationKinds.flatMap((kind) => {
    const ofKind = edits.filter((edit) => edit.kind === kind);
    const all = { kind, operator: null, language: null, specialty: null };
    const operators = distinct([
      ...plan.operators.filter((operator) => operator.kind === kind).map(({ id }) => id),
      ...ofKind.map(({ operator }) => operator),
    ]);
    const languages = distinct([...plan.languages, ...ofKind.map(({ language }) => language)]).sort();
    const rate = (slice: Partial<StressSlice>) => {
      const { operator = null, language = null, specialty = null } = slice;
      const chosen = ofKind.filter(
        (edit) =>
          (operator === null || edit.operator === operator) &&
          (language === null || edit.language === language) &&
          (specialty === null || edit.specialties.includes(specialty)),
      );
      return rateOf({ ...all, ...slice }, chosen, options);
    };
    const pairs = operators
      .flatMap((operator) => languages.map((language) => rate({ operator, language })))
      .filter(({ nEdits }) => nEdits > 0 || plan.languages.length > 0);
    return [
      rate({}),
      ...operators.map((operator) => rate({ operator })),
      ...pairs,
      ...languages.map((language) => rate({ language })),
      ...distinct(ofKind.flatMap(({ specialties }) => specialties))
        .sort()
        .map((specialty) => rate({ specialty })),
    ];
  });
}

function rateOf(slice: StressSlice, edits: readonly JudgedEdit[], options: ScoreOptions): StressRate {
  const clusters = new Map<string, { hits: number; size: number }>();
  const counts = { hit: 0, miss: 0, noRoom: 0, unread: 0 };
  for (const edit of edits) {
    const result = editResult(edit, options);
    counts[result] += 1;
    if (result !== "hit" && result !== "miss") continue;
    const cluster = clusters.get(edit.answer) ?? { hits: 0, size: 0 };
    clusters.set(edit.answer, cluster);
    cluster.size += 1;
    if (result === "hit") cluster.hits += 1;
  }
  const lists = [...clusters.values()];
  const rate = clusteredWilson(
    lists.map(({ hits }) => hits),
    lists.map(({ size }) => size),
    options.confidence === undefined ? {} : { confidence: options.confidence },
  );
  return {
    ...slice,
    rate: edits.length === 0 ? { ...rate, reason: "the operator could not be applied to any answer" } : rate,
    nEdits: edits.length,
    hits: counts.hit,
    nNoRoom: counts.noRoom,
    nUnread: counts.unread,
  };
}

const distinct = (values: readonly string[]): string[] => [...new Set(values)];
