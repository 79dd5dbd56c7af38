import { isPresent } from "../util/indexing.js";
import { mean } from "../util/sum.js";
import { type Rate, rate } from "./item-score.js";

const roles = ["origin", "perception", "knowledge"] as const;
/** The role of a question in its triplet. */
export type TripletRole = (typeof roles)[number];

/** The answer to one question of a triplet. */
export interface TripletAnswer {
  readonly triplet: string;
  readonly source: string;
  readonly role: TripletRole;
  readonly isRight: boolean;
}

/** Genuine accuracy of one source of triplets. */
export interface GenuineAccuracyOf {
  /** Triplets with all three answers correct / triplets. */
  readonly genuine: Rate;
  /** Correct answers / expected answers, three per triplet. */
  readonly average: Rate;
  readonly byRole: Readonly<Record<TripletRole, Rate>>;
}

/** Result of `genuineAccuracy`. */
export interface GenuineAccuracy extends GenuineAccuracyOf {
  readonly bySource: ReadonlyMap<string, GenuineAccuracyOf>;
  /** Mean over sources of their genuine accuracy; null without triplets. */
  readonly macroGenuine: number | null;
  /** Triplets without all three questions: counted as wrong. */
  readonly incomplete: readonly string[];
}

/**
 * Genuine accuracy of question triplets (MMEvalPro; protocols P03): an original question counts only if its perception
 * and knowledge questions are answered correctly too. Triplet ids need to be unique only within their source; if a role
 * is repeated, the first answer counts.
 */
export function genuineAccuracy(answers: readonly TripletAnswer[]): GenuineAccuracy {
  const bySource = new Map<string, Map<string, Map<TripletRole, boolean>>>();
  for (const { source, triplet, role, isRight } of answers) {
    const triplets = bySource.get(source) ?? new Map<string, Map<TripletRole, boolean>>();
    bySource.set(source, triplets);
    const rightByRole = triplets.get(triplet) ?? new Map<TripletRole, boolean>();
    triplets.set(triplet, rightByRole);
    if (!rightByRole.has(role)) rightByRole.set(role, isRight);
  }
  const sources = [...bySource].map(
    ([source, triplets]) => [source, summarize([...triplets.values()])] as const,
  );
  const all = [...bySource.values()].flatMap((triplets) => [...triplets]);
  const genuine = sources.map(([, of]) => of.genuine.estimate).filter(isPresent);
  return {
    ...summarize(all.map(([, triplet]) => triplet)),
    bySource: new Map(sources),
    macroGenuine: genuine.length === 0 ? null : mean(genuine),
    incomplete: all.filter(([, triplet]) => triplet.size < roles.length).map(([id]) => id),
  };
}

function summarize(triplets: readonly ReadonlyMap<TripletRole, boolean>[]): GenuineAccuracyOf {
  const n = triplets.length;
  const right = (role: TripletRole) => triplets.filter((triplet) => triplet.get(role) === true).length;
  const share = (count: number, of = n) => rate(count, of, "no triplets");
  const counts = roles.map(right);
  return {
    genuine: share(triplets.filter((triplet) => roles.every((role) => triplet.get(role) === true)).length),
    average: share(
      counts.reduce((a, b) => a + b, 0),
      n * roles.length,
    ),
    byRole: {
      origin: share(right("origin")),
      perception: share(right("perception")),
      knowledge: share(right("knowledge")),
    },
  };
}
