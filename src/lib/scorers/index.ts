import { boxes } from "./boxes.js";
import { choice } from "./choice.js";
import { criteria } from "./criteria.js";
import { editDistance } from "./edit-distance.js";
import { fields } from "./fields.js";
import { given } from "./given.js";
import { judge } from "./judge.js";
import { keyPoints } from "./key-points.js";
import { label } from "./label.js";
import { labelSet } from "./label-set.js";
import { number } from "./number.js";
import type { Scorer, VerdictScorer } from "./scorer.js";
import { set } from "./set.js";
import type { VerdictKind } from "./verdict-kind.js";

/**
 * Every scorer that a catalogue can name. The catalogue's schema, the score stage, the pooling of groups, the gate and
 * the judge's choice of rubrics read this list; no other module depends on a scorer's name. CONTRIBUTING.md shows how
 * to add one.
 */
const registry = [
  choice,
  set,
  fields,
  label,
  labelSet,
  number,
  boxes,
  editDistance,
  keyPoints,
  criteria,
  judge,
  given,
] as const satisfies readonly Scorer[];

/** Names of the scorers that a metric can use. */
export type ScorerName = (typeof registry)[number]["name"];

/** All names of scorers. */
export const scorerNames: readonly ScorerName[] = registry.map(({ name }) => name);

const byName = new Map<ScorerName, Scorer>(registry.map((scorer) => [scorer.name, scorer]));

export function scorerOf(name: ScorerName): Scorer {
  return byName.get(name) as Scorer;
}

/** The scorers that count verdicts of a judge. */
export const verdictScorers: readonly VerdictScorer<unknown>[] = [...byName.values()].filter(
  (scorer) => scorer.reads === "verdicts",
);

/** Whether a scorer also gives a value for each tag of an item's criteria. */
export function hasTags(name: ScorerName): boolean {
  const scorer = scorerOf(name);
  return scorer.reads === "verdicts" && scorer.verdicts.hasTags;
}

/** Which verdicts of a judge a scorer counts; null if it reads the answer itself. */
export function verdictKindOf(name: ScorerName): VerdictKind | null {
  const scorer = scorerOf(name);
  return scorer.reads === "verdicts" ? scorer.verdicts.kind : null;
}
