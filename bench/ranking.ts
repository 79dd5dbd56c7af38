import { expectation } from "../src/lib/ranking/irt/expectation.js";
import { fit2pl } from "../src/lib/ranking/irt/index.js";
import { normalQuadrature } from "../src/lib/ranking/irt/quadrature.js";
import { type Answer, packResponses } from "../src/lib/ranking/irt/responses.js";
import { rankSets } from "../src/lib/ranking/rank-sets.js";
import { systemCovariance } from "../src/lib/ranking/system-covariance.js";
import { createRandom, randomNormal } from "../src/lib/util/random.js";
import type { BenchResult } from "./run.js";

/** Rank sets of 60 systems and a 2PL of 80 systems x 1,100 items: seconds, and the 2PL compared with a bare E-step loop. */
export async function rankingBench(): Promise<BenchResult[]> {
  return [rankSeconds(), ...itemResponseSeconds()];
}

function rankSeconds(): BenchResult {
  const random = createRandom("rank bench");
  const sums = Array.from({ length: 1000 }, () => {
    const difficulty = randomNormal(random);
    return Array.from({ length: 60 }, (_, s) => s / 60 + difficulty + randomNormal(random));
  });
  const names = sums[0]!.map((_, s) => `s${s}`);
  const board = systemCovariance(
    names,
    sums,
    sums.map(() => 1),
  );
  const covariance = board.covariance as readonly (readonly number[])[];
  const seconds = fastest(() => rankSets(names, board.estimates, covariance, { degreesOfFreedom: 999 }));
  return { name: "joint rank sets, 60 systems", ratio: seconds, limit: 2, unit: "s" };
}

function itemResponseSeconds(): BenchResult[] {
  const random = createRandom("2PL bench");
  const items = Array.from({ length: 1100 }, () => ({
    a: Math.exp(0.3 * randomNormal(random)),
    b: randomNormal(random),
  }));
  const matrix = Array.from({ length: 80 }, () => {
    const theta = randomNormal(random);
    return items.map(({ a, b }): Answer => (random() < 1 / (1 + Math.exp(-a * (theta - b))) ? 1 : 0));
  });
  const fit = fit2pl(matrix);
  const seconds = fastest(() => fit2pl(matrix));
  const data = packResponses("bench", matrix);
  const start = {
    slopes: Float64Array.from(items, ({ a }) => a),
    intercepts: Float64Array.from(items, ({ a, b }) => -a * b),
  };
  const quadrature = normalQuadrature(fit.nodes, [-6, 6]);
  const bare = fastest(() => {
    for (let pass = 0; pass < fit.iterations; pass += 1) expectation(data, start, quadrature);
  });
  return [
    { name: "2PL of 80 systems x 1,100 items", ratio: seconds, limit: 10, unit: "s" },
    // Every pass also maximizes, in three Newton rounds over the same nodes and items.
    { name: "2PL compared with as many bare E-steps", ratio: seconds / bare, limit: 12, unit: "x" },
  ];
}

/** Seconds of the fastest of three runs: other work on the machine can only add time. */
function fastest(work: () => unknown): number {
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < 3; round += 1) {
    const start = performance.now();
    work();
    best = Math.min(best, (performance.now() - start) / 1000);
  }
  return best;
}
