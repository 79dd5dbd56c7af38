import { cohenKappaBootstrap } from "../src/lib/agreement/cohen-kappa.js";
import { bootstrapClusterMean } from "../src/lib/stats/bootstrap.js";
import { drawMultinomial } from "../src/lib/stats/bootstrap-multinomial.js";
import type { WeightedStratum } from "../src/lib/stats/composite.js";
import { stratifiedCompositeBootstrap } from "../src/lib/stats/stratified-bootstrap.js";
import { createRandom } from "../src/lib/util/random.js";
import type { BenchResult } from "./run.js";

/** Bootstraps of kappa, of a mean over clusters (BCa) and of a composite, each compared with its bare resampling loop. */
export async function statsBench(): Promise<BenchResult[]> {
  return [kappa(), bca(), ...composites()];
}

function kappa(): BenchResult {
  const random = createRandom("kappa bench");
  const table = Array.from({ length: 5 }, () => new Array<number>(5).fill(0));
  for (let item = 0; item < 1000; item += 1) {
    const first = Math.floor(5 * random());
    const second = random() < 0.7 ? first : Math.floor(5 * random());
    (table[first] as number[])[second]! += 1;
  }
  const counts = Float64Array.from(table.flat()).sort().reverse();
  const drawn = new Float64Array(counts.length);
  const replicates = 10_000;
  const [whole, bare] = fastest(
    () => cohenKappaBootstrap(table, { weights: "quadratic", replicates }),
    () => {
      const draws = createRandom(1);
      for (let r = 0; r < replicates; r += 1) drawMultinomial(draws, 1000, counts, drawn);
    },
  );
  return {
    name: "kappa of 1,000 items, 10,000 replicates (30 ms, or 1.2 x bare draws if larger)",
    ratio: whole,
    limit: Math.max(30, 1.2 * bare),
    unit: "ms",
  };
}

function bca(): BenchResult {
  const random = createRandom("BCa bench");
  const sizes = Array.from({ length: 1000 }, () => 1 + Math.floor(5 * random()));
  const sums = sizes.map((size) => size * random());
  const replicates = 2000;
  const [whole, bare] = fastest(
    () => bootstrapClusterMean(sums, sizes, { replicates, interval: "bca" }),
    () => meansOfResamples(sums, sizes, replicates),
  );
  return {
    name: "BCa over 1,000 clusters x 2,000 replicates, compared with resampling alone",
    ratio: whole / bare,
    limit: 1.2,
    unit: "x",
  };
}

/** 60 datasets of 30 groups: 0/1 scores, drawn by their two kinds of group, and graded ones, drawn group by group. */
function composites(): BenchResult[] {
  const replicates = 2000;
  return [
    { kind: "0/1 scores", limit: 0.9, score: (u: number) => Math.round(u) },
    { kind: "graded scores", limit: 1.5, score: (u: number) => u },
  ].map(({ kind, limit, score }) => {
    const random = createRandom("composite bench");
    const strata = Array.from({ length: 60 }, (): WeightedStratum => {
      const sums = Array.from({ length: 30 }, () => score(random()));
      return { sums, sizes: sums.map(() => 1), weight: 1 };
    });
    const [whole, bare] = fastest(
      () => stratifiedCompositeBootstrap(strata, { replicates }),
      () => strata.map(({ sums, sizes }) => meansOfResamples(sums, sizes, replicates)),
    );
    return {
      name: `composite of 60 x 30 groups, ${kind}, 2,000 replicates, compared with resampling alone`,
      ratio: whole / bare,
      limit,
      unit: "x",
    };
  });
}

/** The bare work: draw clusters with replacement, add up, divide. */
function meansOfResamples(
  sums: readonly number[],
  sizes: readonly number[],
  replicates: number,
): Float64Array {
  const random = createRandom(1);
  const [totals, rows] = [Float64Array.from(sums), Float64Array.from(sizes)];
  const n = totals.length;
  const means = new Float64Array(replicates);
  for (let r = 0; r < replicates; r += 1) {
    let total = 0;
    let size = 0;
    for (let i = 0; i < n; i += 1) {
      const position = Math.floor(random() * n);
      total += totals[position] as number;
      size += rows[position] as number;
    }
    means[r] = total / size;
  }
  return means;
}

/** Milliseconds of the fastest of forty rounds of each, in turn: other work on the machine can only add time. */
function fastest(whole: () => unknown, bare: () => unknown): [number, number] {
  let best: [number, number] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (let round = 0; round < 40; round += 1) {
    best = [Math.min(best[0], milliseconds(whole)), Math.min(best[1], milliseconds(bare))];
  }
  return best;
}

function milliseconds(work: () => unknown): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}
