/**
 * Data on which inference is hard: scores near 0 and 100 %, a dozen groups, grades mostly at the top, a judge whose bias
 * differs between datasets, ratings in clusters, raters who are a sample, groups of unequal size. The truth is exact.
 */
import { type ClusterMoments, momentsOfGroups } from "../../src/lib/stats/cluster-moments.js";
import { type Random, randomInteger, randomNormal } from "../../src/lib/util/random.js";
import { sum } from "../../src/lib/util/sum.js";

export interface GroupedScores {
  /** Sum of the scores of each group. */
  readonly sums: readonly number[];
  /** Rows of each group. */
  readonly sizes: readonly number[];
}

const of = <T>(n: number, make: (index: number) => T): T[] => Array.from({ length: n }, (_, i) => make(i));

/** Groups of five variants that a system mostly answers alike; the mean probability of a right answer is `mean`. */
export function groupedScores(random: Random, mean: number, groups: number, variants = 5): GroupedScores {
  const sums = of(groups, () => {
    // Known for certain, unknown for certain, or a guess with the mean probability: the expected value stays `mean`.
    const kind = random();
    const chance = kind < 0.7 * mean ? 1 : kind < 0.7 ? 0 : mean;
    let right = 0;
    for (let v = 0; v < variants; v += 1) if (random() < chance) right += 1;
    return right;
  });
  return { sums, sizes: sums.map(() => variants) };
}

/** The same scores with every row treated as independent: the mistake to demonstrate. */
export function asRows({ sums, sizes }: GroupedScores): GroupedScores {
  const rows = sums.flatMap((right, g) => of(sizes[g] as number, (row) => (row < right ? 1 : 0)));
  return { sums: rows, sizes: rows.map(() => 1) };
}

/** Groups that are right with probability `share` or wrong, as with datasets that count an item only if all variants are right. */
export function binaryGroups(random: Random, share: number, groups: number): GroupedScores {
  return { sums: of(groups, () => (random() < share ? 1 : 0)), sizes: of(groups, () => 1) };
}

/** Rows per cluster: 5 each; one cluster of 40 among clusters of 3; or a wide, skewed spread. */
export type ClusterShape = "equal" | "one big" | "wide spread";

export function clusterSizes(random: Random, shape: ClusterShape, clusters: number): number[] {
  return of(clusters, (g) => {
    if (shape === "equal") return 5;
    if (shape === "one big") return g === 0 ? 40 : 3;
    return 1 + Math.floor(Math.exp(1 + 1.1 * randomNormal(random)));
  });
}

/** Rows that are 1 with probability `share` and 0 otherwise, with intra-cluster correlation `icc`. */
export function binaryClusters(
  random: Random,
  sizes: readonly number[],
  icc: number,
  share: number,
): GroupedScores {
  // A row repeats its cluster's common draw with probability sqrt(icc), so two of them are equal draws with probability icc.
  const sums = sizes.map((size) => {
    const common = random() < share ? 1 : 0;
    return sum(of(size, () => (random() < Math.sqrt(icc) ? common : random() < share ? 1 : 0)));
  });
  return { sums, sizes: [...sizes] };
}

/** Normal scores in clusters: a cluster part and a row part with the given standard deviations. */
export function clusterNormal(random: Random, clusterSd: number, rowSd: number, size: number): number[] {
  const shared = clusterSd * randomNormal(random);
  return of(size, () => shared + rowSd * randomNormal(random));
}

/** Sums of groups by size, as the database returns them. */
export const momentsOf = ({ sums, sizes }: GroupedScores): ClusterMoments => momentsOfGroups(sums, sizes);

/** Where a standard normal quality is cut into grades 1 to 5: in the middle, with about half or four fifths at the top. */
export const gradeCuts = {
  symmetric: [-1.3, -0.4, 0.4, 1.3],
  skewed: [-2.2, -1.6, -0.9, 0],
  verySkewed: [-2.6, -2.2, -1.7, -0.9],
} as const satisfies Record<string, readonly number[]>;

export type GradeShape = keyof typeof gradeCuts;
export const grades = [1, 2, 3, 4, 5] as const;

export function gradeOf(quality: number, shape: GradeShape): number {
  return 1 + gradeCuts[shape].filter((cut) => quality > cut).length;
}

/** Pairs of grades (judge, rater) of one item, which share its quality: systems that answer it, raters who rate each answer. */
export interface GradedDesign {
  readonly items: number;
  readonly shape: GradeShape;
  /** Standard deviation of the judge's and of each rater's error. */
  readonly errorSd: number;
  readonly raters?: number;
  readonly systems?: number;
}

export interface GradedPair {
  /** The judge. */
  readonly left: number;
  readonly right: number;
  readonly cluster: string;
}

export function gradedPairs(
  random: Random,
  { items, shape, errorSd, raters = 1, systems = 1 }: GradedDesign,
): GradedPair[] {
  const error = () => errorSd * randomNormal(random);
  return of(items, (item) => {
    const shared = 0.6 * randomNormal(random);
    return of(systems, () => {
      const quality = shared + 0.8 * randomNormal(random);
      const left = gradeOf(quality + error(), shape);
      return of(raters, () => ({ left, right: gradeOf(quality + error(), shape), cluster: String(item) }));
    }).flat();
  }).flat();
}

/** Severities of raters drawn from a population in which they differ by `sd`. */
export function raterSeverities(random: Random, raters: number, sd: number): number[] {
  return of(raters, () => sd * randomNormal(random));
}

/** Indices of a simple random sample without replacement. */
export function drawnIndices(random: Random, total: number, size: number): number[] {
  const indices = of(total, (i) => i);
  for (let i = 0; i < Math.min(size, total); i += 1) {
    const j = i + randomInteger(random, total - i);
    [indices[i], indices[j]] = [indices[j] as number, indices[i] as number];
  }
  return indices.slice(0, size);
}
