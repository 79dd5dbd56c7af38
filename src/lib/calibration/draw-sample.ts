import { InputError } from "../errors.js";
import { compareTexts } from "../util/compare-texts.js";
import { add, at } from "../util/indexing.js";
import { createRandom, type Random, shuffled } from "../util/random.js";

/** An answer that may be drawn. */
export interface Candidate {
  readonly response: string;
  readonly specialty: string;
  readonly dataset: string;
  /** The judge's mean grade in [0, 1]; null if it gave none. */
  readonly judgeScore: number | null;
}

/** Options of `drawSample`. */
export interface DrawOptions {
  /** Number of answers to draw. */
  readonly size: number;
  readonly seed: number | string;
  /** Pseudonyms of the raters. */
  readonly raters: readonly string[];
  /** Share of the drawn answers that go to two raters; the human ceiling is computed from them. */
  readonly overlap: number;
}

/** An answer drawn for rating, with its probability of being drawn. */
export interface DrawnAnswer<T extends Candidate> {
  readonly candidate: T;
  /** Such as `03/high`: specialty and third of the judge's grades, or as much of it as the size of the draw allows. */
  readonly stratum: string;
  /** Known probability of being drawn, in (0, 1]; corrected scores are weighted by its inverse. */
  readonly inclusion: number;
  readonly raters: readonly string[];
}

/** What the strata of a draw are formed by; empty if there is one stratum. */
export type StratifiedBy = readonly ("specialty" | "grade")[];

/** The ways to form strata, the finest first. */
const stratifications: readonly StratifiedBy[] = [["specialty", "grade"], ["specialty"], ["grade"], []];

/**
 * The strata of a draw: specialty by third of the judge's grades (low, middle, high; `ungraded` where there is none). A draw that is
 * too small to have an answer of each has strata of specialties only, or of grades only, or one.
 *
 * @param size number of answers to draw, at least 1
 * @returns what the strata are formed by, the members of each, and how many strata the finest way would have
 * @example strataOf(["03", "04"].map((specialty) => ({ response: specialty, specialty, dataset: "MedHC", judgeScore: 0.5 })), 1).strata.size // 1
 */
export function strataOf<T extends Candidate>(
  candidates: readonly T[],
  size: number,
): {
  readonly by: StratifiedBy;
  readonly strata: ReadonlyMap<string, readonly T[]>;
  readonly finest: number;
} {
  return stratify(candidates, size, bandsOf(candidates));
}

/** As `strataOf`, with the thirds that are known already. */
function stratify<T extends Candidate>(
  candidates: readonly T[],
  size: number,
  bandOf: (candidate: Candidate) => string,
): ReturnType<typeof strataOf<T>> {
  const grouped = stratifications.map((by) => ({ by, strata: group(candidates, by, bandOf) }));
  const { by, strata } =
    grouped.find((found) => found.strata.size <= size) ?? at(grouped, grouped.length - 1);
  return { by, strata, finest: at(grouped, 0).strata.size };
}

/**
 * Draws answers to rate. Strata (see `strataOf`) get equal shares, so that small specialties and rare bad answers are
 * included. Inside a stratum the draw is systematic over specialties, grades and datasets: each answer is equally likely, and they
 * are represented in proportion. Raters take turns; a share of the answers gets a second rater.
 *
 * @returns `size` drawn answers in random order; all candidates where there are fewer
 * @throws InputError without candidates or raters, or if an overlap is requested with only one rater
 * @see Särndal, Swensson & Wretman (1992), Model Assisted Survey Sampling, chapter 3, for stratified and systematic draws
 * @example drawSample(["a", "b", "c", "d"].map((response) => ({ response, specialty: "03", dataset: "MedHC", judgeScore: 0.5 })), { size: 1, seed: 1, raters: ["r1"], overlap: 0 })[0].inclusion // 0.25
 */
export function drawSample<T extends Candidate>(
  candidates: readonly T[],
  { size, seed, raters, overlap }: DrawOptions,
): DrawnAnswer<T>[] {
  if (candidates.length === 0 || raters.length === 0 || (overlap > 0 && raters.length < 2)) {
    throw new InputError(
      `rating-packet: ${candidates.length} answers to draw from and ${raters.length} raters for an overlap of ${overlap}`,
      { hint: "An overlap needs two raters, and a draw needs at least one answer." },
    );
  }
  const random = createRandom(seed);
  const bandOf = bandsOf(candidates);
  const { strata } = stratify(candidates, size, bandOf);
  const quotas = allocate(
    [...strata.values()].map((members) => members.length),
    size,
  );
  const drawn = [...strata].flatMap(([stratum, members], i) => {
    const quota = at(quotas, i);
    return systematic(members, quota, bandOf, random).map((candidate) => ({
      candidate,
      stratum,
      inclusion: quota / members.length,
    }));
  });
  const doubled = Math.round(overlap * drawn.length);
  return shuffled(drawn, random).map((answer, i) => ({
    ...answer,
    raters: [raters[i % raters.length] as string].concat(
      // Steps of growing width, so that every pair of raters shares answers.
      i < doubled
        ? [raters[(i + 1 + (Math.floor(i / raters.length) % (raters.length - 1))) % raters.length] as string]
        : [],
    ),
  }));
}

const bands = ["low", "middle", "high"] as const;

/** The third of the judge's grades in which an answer's grade is. */
function bandsOf(candidates: readonly Candidate[]): (candidate: Candidate) => string {
  const scores = candidates
    .flatMap(({ judgeScore }) => (judgeScore === null ? [] : [judgeScore]))
    .sort((a, b) => a - b);
  const cut = (share: number) => scores[Math.floor(share * scores.length)] ?? 0;
  const cuts = [cut(1 / 3), cut(2 / 3)] as const;
  return ({ judgeScore }) =>
    judgeScore === null
      ? "ungraded"
      : at(bands, Number(judgeScore >= cuts[0]) + Number(judgeScore >= cuts[1]));
}

/** In the order of the strata's names. */
function group<T extends Candidate>(
  candidates: readonly T[],
  by: StratifiedBy,
  bandOf: (candidate: Candidate) => string,
): Map<string, T[]> {
  const strata = new Map<string, T[]>();
  for (const candidate of candidates) {
    const parts = by.map((part) => (part === "specialty" ? candidate.specialty : bandOf(candidate)));
    const stratum = parts.length === 0 ? "all" : parts.join("/");
    const members = strata.get(stratum);
    if (members === undefined) strata.set(stratum, [candidate]);
    else members.push(candidate);
  }
  return new Map([...strata].sort(([a], [b]) => compareTexts(a, b)));
}

/** Equal shares as far as possible; what small strata cannot use goes to the others. */
function allocate(sizes: readonly number[], total: number): number[] {
  const quotas = sizes.map(() => 0);
  let left = Math.min(
    total,
    sizes.reduce((a, b) => a + b, 0),
  );
  while (left > 0) {
    for (let i = 0; i < sizes.length && left > 0; i += 1) {
      if (at(quotas, i) >= at(sizes, i)) continue;
      add(quotas, i, 1);
      left -= 1;
    }
  }
  return quotas;
}

/** Every (N / n)-th of the members in the order of their specialties, grades and datasets, from a random start. */
function systematic<T extends Candidate>(
  members: readonly T[],
  n: number,
  bandOf: (candidate: Candidate) => string,
  random: Random,
): T[] {
  const order = ["ungraded", ...bands];
  const ordered = shuffled(members, random).sort(
    (a, b) =>
      compareTexts(a.specialty, b.specialty) ||
      order.indexOf(bandOf(a)) - order.indexOf(bandOf(b)) ||
      compareTexts(a.dataset, b.dataset),
  );
  const start = random();
  return Array.from({ length: n }, (_, i) => ordered[Math.floor(((i + start) * members.length) / n)] as T);
}
