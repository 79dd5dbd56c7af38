import { logisticDif } from "../../../src/lib/ranking/irt/differential/logistic.js";
import { mantelHaenszelDif } from "../../../src/lib/ranking/irt/differential/mantel-haenszel.js";
import type { DifferentialSize } from "../../../src/lib/ranking/irt/differential/matching.js";
import { adjustPValues } from "../../../src/lib/stats/p-adjust.js";
import type { AuditedRun, PlaceAnswers, Question } from "./read-place.js";

/** One system on the questions of a specialty or language, against other questions that are equally hard for all systems. */
export interface AttributeAudit {
  readonly attribute: "specialty" | "language";
  readonly value: string;
  readonly system: string;
  readonly run_id: string;
  readonly n_questions: number;
  readonly n_others: number;
  /** Odds of a right answer on the other questions over those on these; above 1 if these are harder for the system. */
  readonly odds_ratio: number | null;
  /** ETS delta: below 0 if these questions are harder for the system. */
  readonly delta: number | null;
  readonly size: DifferentialSize | null;
  readonly test: "chi-square" | "exact";
  readonly p: number | null;
  readonly p_adjusted: number | null;
  /** Logistic regression: a difference at all difficulties alike, and one that depends on the difficulty. */
  readonly uniform_p: number | null;
  readonly non_uniform_p: number | null;
  readonly non_uniform_p_adjusted: number | null;
}

/** A specialty or language that could not be tested. */
export interface UntestedAttribute {
  readonly attribute: "specialty" | "language";
  readonly value: string;
  readonly n_questions: number;
  readonly reason: string;
}

const valuesOf: Readonly<Record<AttributeAudit["attribute"], (question: Question) => readonly string[]>> = {
  specialty: ({ specialties }) => specialties,
  language: ({ language }) => (language === "" ? [] : [language]),
};

const fewestQuestions = 5;
const fewestSystems = 3;
/** From this many questions on in both groups the chi-square is close enough to the exact test. */
const manyQuestions = 50;
/** With fewer systems, leaving some out of the matching score leaves too little of it. */
const systemsToPurify = 10;

/**
 * Mantel-Haenszel and logistic regression with the roles exchanged: rows are questions, columns systems, and questions are matched by
 * how many systems answered them correctly. There are hundreds of questions where there are a dozen systems, so these tests have power.
 * p-values are adjusted over all values and systems of an attribute.
 */
export function auditAttributes(
  runs: readonly AuditedRun[],
  { questions, matrix }: PlaceAnswers,
): { readonly attributes: readonly AttributeAudit[]; readonly untested: readonly UntestedAttribute[] } {
  const byQuestion = questions.map((_, q) => matrix.map((row) => row[q] ?? null));
  const untested: UntestedAttribute[] = [];
  const found = (["specialty", "language"] as const).flatMap((attribute) => {
    const values = [...new Set(questions.flatMap(valuesOf[attribute]))].sort();
    // With one value there is nothing to compare it with.
    const rows = (values.length > 1 ? values : []).flatMap((value) => {
      const focal = questions.map((question) => valuesOf[attribute](question).includes(value));
      const n = focal.filter((isFocal) => isFocal).length;
      const reason = reasonOf(runs.length, n, questions.length - n);
      if (reason !== null) {
        untested.push({ attribute, value, n_questions: n, reason });
        return [];
      }
      return tests(runs, byQuestion, focal).map((row) => ({ attribute, value, ...row }));
    });
    const adjusted = adjustPValues(
      rows.map(({ p }) => p),
      "benjamini-hochberg",
    );
    const nonUniform = adjustPValues(
      rows.map(({ non_uniform_p }) => non_uniform_p),
      "benjamini-hochberg",
    );
    return rows.map((row, i) => ({
      ...row,
      p_adjusted: adjusted[i] ?? null,
      non_uniform_p_adjusted: nonUniform[i] ?? null,
    }));
  });
  return { attributes: found, untested };
}

function reasonOf(systems: number, n: number, others: number): string | null {
  if (systems < fewestSystems)
    return `${systems} systems: ${fewestSystems} are needed to say how hard a question is`;
  if (Math.min(n, others) < fewestQuestions)
    return `${n} questions and ${others} others: ${fewestQuestions} of each are needed`;
  return null;
}

function tests(
  runs: readonly AuditedRun[],
  byQuestion: PlaceAnswers["matrix"],
  focal: readonly boolean[],
): Omit<AttributeAudit, "attribute" | "value" | "p_adjusted" | "non_uniform_p_adjusted">[] {
  const n = focal.filter((isFocal) => isFocal).length;
  const purify = runs.length >= systemsToPurify;
  const test = Math.min(n, focal.length - n) < manyQuestions ? "exact" : "chi-square";
  const { items } = mantelHaenszelDif(byQuestion, focal, { test, purify });
  const logistic = logisticDif(byQuestion, focal, { purify }).items;
  return runs.map(({ system, run_id }, s) => {
    const { oddsRatio, delta, size, p } = items[s]!;
    return {
      ...{ system, run_id, n_questions: n, n_others: focal.length - n },
      ...{ odds_ratio: oddsRatio, delta, size, test, p },
      uniform_p: logistic[s]?.uniform?.p ?? null,
      non_uniform_p: logistic[s]?.nonUniform?.p ?? null,
    };
  });
}
