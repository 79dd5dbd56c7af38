import { InputError } from "../errors.js";
import { add, at } from "../util/indexing.js";
import { createRandom, type Random, shuffled } from "../util/random.js";

/** A judged answer that may be drawn. */
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
  /** Specialty and band of the judge's grade. */
  readonly stratum: string;
  /** Known probability of being drawn, in (0, 1]; corrected scores are weighted by its inverse. */
  readonly inclusion: number;
  readonly raters: readonly string[];
}

/**
 * Draws answers to rate. Strata are specialty by band of the judge's grade (low, middle, high third); they get equal
 * shares, so that small specialties and rare bad answers are included. Inside a stratum the draw is systematic over
 * datasets: each answer is equally likely, and all datasets are represented. Raters take turns; a share of the answers
 * gets a second rater.
 *
 * @returns drawn answers in random order, at least one per stratum, so that more than `size` may be drawn
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
      { hint: "An overlap needs two raters, and answers can only be drawn if a judge has graded them." },
    );
  }
  const random = createRandom(seed);
  const strata = stratify(candidates);
  const quotas = allocate(
    [...strata.values()].map((members) => members.length),
    size,
  );
  const drawn = [...strata].flatMap(([stratum, members], i) => {
    const quota = at(quotas, i);
    return systematic(members, quota, random).map((candidate) => ({
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

function stratify<T extends Candidate>(candidates: readonly T[]): Map<string, T[]> {
  const scores = candidates
    .flatMap(({ judgeScore }) => (judgeScore === null ? [] : [judgeScore]))
    .sort((a, b) => a - b);
  const cut = (share: number) => scores[Math.floor(share * scores.length)] ?? 0;
  const cuts = [cut(1 / 3), cut(2 / 3)] as const;
  const strata = new Map<string, T[]>();
  for (const candidate of candidates) {
    const { judgeScore, specialty } = candidate;
    const band =
      judgeScore === null ? "ungraded" : bands[Number(judgeScore >= cuts[0]) + Number(judgeScore >= cuts[1])];
    const stratum = `${specialty}/${band}`;
    const members = strata.get(stratum);
    if (members === undefined) strata.set(stratum, [candidate]);
    else members.push(candidate);
  }
  return new Map([...strata].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Equal shares as far as possible; what small strata cannot use goes to the others. At least one each. */
function allocate(sizes: readonly number[], total: number): number[] {
  const quotas = sizes.map(() => 0);
  let left = Math.min(
    Math.max(total, sizes.length),
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

/** Every (N / n)-th of the members in the order of their datasets, from a random start. */
function systematic<T extends Candidate>(members: readonly T[], n: number, random: Random): T[] {
  const ordered = shuffled(members, random).sort((a, b) =>
    a.dataset < b.dataset ? -1 : a.dataset > b.dataset ? 1 : 0,
  );
  const start = random();
  return Array.from({ length: n }, (_, i) => ordered[Math.floor(((i + start) * members.length) / n)] as T);
}
