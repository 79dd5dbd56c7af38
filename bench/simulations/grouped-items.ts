import { type Random, randomNormal } from "../../src/lib/util/random.js";

export interface GroupedScores {
  /** Correct answers per group. */
  readonly sums: number[];
  /** Variants per group. */
  readonly sizes: number[];
}

/**
 * Groups of five variants that a system mostly answers alike: each group has its own probability of a correct answer,
 * usually 1 or 0, and the mean probability is exactly `mean`.
 */
export function groupedScores(random: Random, mean: number, groups: number, variants = 5): GroupedScores {
  const sums = Array.from({ length: groups }, () => {
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
  const rows = sums.flatMap((right, g) =>
    Array.from({ length: sizes[g] as number }, (_, row) => (row < right ? 1 : 0)),
  );
  return { sums: rows, sizes: rows.map(() => 1) };
}

/** Normal scores in clusters: a cluster part and a row part with the given variances. */
export function clusterNormal(random: Random, clusterSd: number, rowSd: number, size: number): number[] {
  const shared = clusterSd * randomNormal(random);
  return Array.from({ length: size }, () => shared + rowSd * randomNormal(random));
}
