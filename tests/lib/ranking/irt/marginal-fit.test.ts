import { describe, expect, it } from "vitest";
import type { Answer } from "../../../../src/lib/ranking/irt/responses.js";
import { fit1pl, fit2pl } from "../../../../src/lib/ranking/irt/two-parameter.js";
import { createRandom, randomNormal } from "../../../../src/lib/util/random.js";

function simulate(nPersons: number, nItems: number, missing: number, seed: number) {
  const random = createRandom(seed);
  const items = Array.from({ length: nItems }, () => ({
    a: Math.exp(0.3 * randomNormal(random)),
    b: randomNormal(random),
  }));
  const abilities = Array.from({ length: nPersons }, () => randomNormal(random));
  const matrix = abilities.map((theta) =>
    items.map(({ a, b }): Answer => {
      const right = random() < 1 / (1 + Math.exp(-a * (theta - b))) ? 1 : 0;
      return random() < missing ? null : right;
    }),
  );
  return { items, abilities, matrix };
}

/** The definition, term by term: log of the integral of each person's likelihood over the 61 nodes. */
function marginalLogLikelihood(
  matrix: readonly (readonly Answer[])[],
  a: readonly number[],
  b: readonly number[],
) {
  const nodes = Array.from({ length: 61 }, (_, q) => -6 + 0.2 * q);
  const density = nodes.map((node) => Math.exp(-(node ** 2) / 2));
  const total = density.reduce((sum, value) => sum + value, 0);
  return matrix.reduce((sum, row) => {
    const integral = nodes.reduce((inner, node, q) => {
      let likelihood = density[q]! / total;
      row.forEach((answer, j) => {
        const chance = 1 / (1 + Math.exp(-a[j]! * (node - b[j]!)));
        if (answer !== null) likelihood *= answer === 1 ? chance : 1 - chance;
      });
      return inner + likelihood;
    }, 0);
    return sum + Math.log(integral);
  }, 0);
}

describe("fit2pl and fit1pl", () => {
  const { matrix } = simulate(200, 8, 0.15, 3);

  it("report the log-likelihood as defined, with missing answers left out", () => {
    for (const fit of [fit2pl(matrix, { nodes: 61 }), fit1pl(matrix, { nodes: 61 })]) {
      const direct = marginalLogLikelihood(matrix, fit.a as number[], fit.b as number[]);
      expect(fit.logLikelihood).toBeCloseTo(direct, 8);
    }
  });

  it("are at a maximum: changing any parameter lowers the likelihood", () => {
    const fit = fit2pl(matrix, { nodes: 61 });
    const a = fit.a as number[];
    const b = fit.b as number[];
    a.forEach((_, moved) => {
      for (const step of [-0.01, 0.01]) {
        const inA = a.map((value, j) => (j === moved ? value + step : value));
        const inB = b.map((value, j) => (j === moved ? value + step : value));
        expect(marginalLogLikelihood(matrix, inA, b)).toBeLessThan(fit.logLikelihood!);
        expect(marginalLogLikelihood(matrix, a, inB)).toBeLessThan(fit.logLikelihood!);
      }
    });
  });

  it("have standard errors that match the curvature, with missing answers", () => {
    // Numerical Hessian of the definition in (a, b); its inverse holds the squared standard errors.
    const small = matrix.map((row) => row.slice(0, 3));
    const fit = fit2pl(small, { nodes: 61 });
    const at = [...(fit.a as number[]), ...(fit.b as number[])];
    const value = (x: readonly number[]) => marginalLogLikelihood(small, x.slice(0, 3), x.slice(3));
    const h = 1e-3;
    const shifted = (i: number, j: number, di: number, dj: number) =>
      value(at.map((x, k) => x + (k === i ? di * h : 0) + (k === j ? dj * h : 0)));
    const hessian = at.map((_, i) =>
      at.map(
        (_, j) =>
          -(shifted(i, j, 1, 1) - shifted(i, j, 1, -1) - shifted(i, j, -1, 1) + shifted(i, j, -1, -1)) /
          (4 * h * h),
      ),
    );
    const inverse = invert(hessian);
    fit.seA.forEach((se, j) => {
      expect(se! / Math.sqrt(inverse[j]![j]!)).toBeCloseTo(1, 2);
    });
    fit.seB.forEach((se, j) => {
      expect(se! / Math.sqrt(inverse[3 + j]![3 + j]!)).toBeCloseTo(1, 2);
    });
  });

  it("give more nodes to a long test, whose posteriors would fall between 61 of them", () => {
    const long = simulate(40, 400, 0, 5).matrix;
    const fit = fit1pl(long, { standardErrors: "none" });
    expect(fit.nodes).toBeGreaterThan(61);
    const spacing = 12 / (fit.nodes - 1);
    for (const sd of fit.eapSd) expect(sd).toBeGreaterThan(0.9 * spacing);
    expect(fit1pl(long, { nodes: 61, standardErrors: "none" }).warnings.join()).toMatch(/too coarse/);
  });

  it("recover the items that generated the data, within their standard errors", () => {
    const { items, matrix: big } = simulate(2000, 12, 0.1, 11);
    const fit = fit2pl(big);
    const z = [
      ...items.map(({ a }, j) => (fit.a[j]! - a) / fit.seA[j]!),
      ...items.map(({ b }, j) => (fit.b[j]! - b) / fit.seB[j]!),
    ];
    // 24 standard normal values: mean square near 1 (95 % of chi-square(24)/24 lies in 0.52 to 1.64), none beyond 4.
    const meanSquare = z.reduce((sum, value) => sum + value ** 2, 0) / z.length;
    expect(meanSquare).toBeGreaterThan(0.4);
    expect(meanSquare).toBeLessThan(1.9);
    expect(Math.max(...z.map(Math.abs))).toBeLessThan(4);
  });

  it("give the same results when items and persons are reordered", () => {
    const fit = fit2pl(matrix);
    const turned = fit2pl([...matrix].reverse().map((row) => [...row].reverse()));
    const last = matrix[0]!.length - 1;
    fit.a.forEach((a, j) => {
      expect(turned.a[last - j]).toBeCloseTo(a!, 6);
    });
    expect(turned.eap.at(-1)).toBeCloseTo(fit.eap[0]!, 6);
  });

  it("give the same ability to equal numbers of correct answers in the 1PL, but not in the 2PL", () => {
    const complete = simulate(150, 6, 0, 8).matrix;
    const one = fit1pl(complete);
    const byScore = new Map<number, Set<string>>();
    complete.forEach((row, person) => {
      const score = row.filter((answer) => answer === 1).length;
      byScore.set(score, (byScore.get(score) ?? new Set()).add(one.eap[person]!.toFixed(9)));
    });
    for (const abilities of byScore.values()) expect(abilities.size).toBe(1);
    expect(new Set(fit2pl(complete).eap.map((value) => value.toFixed(9))).size).toBeGreaterThan(byScore.size);
  });

  it("list items that all systems answered the same way, and fit the rest as if they were absent", () => {
    const complete = simulate(120, 5, 0, 9).matrix;
    const padded = complete.map((row): Answer[] => [1, ...row, 0, null]);
    const fit = fit2pl(padded);
    expect(fit.droppedItems).toEqual([
      { item: 0, reason: "all right" },
      { item: 6, reason: "all wrong" },
      { item: 7, reason: "not answered" },
    ]);
    expect(fit.a[0]).toBeNull();
    expect(fit.seB[7]).toBeNull();
    expect(fit.logLikelihood).toBeCloseTo(fit2pl(complete).logLikelihood!, 8);
  });

  it("give a person without answers the prior mean", () => {
    const fit = fit2pl([...simulate(100, 5, 0, 2).matrix, [null, null, null, null, null]]);
    expect(fit.eap[100]).toBeCloseTo(0, 8);
    expect(fit.eapSd[100]).toBeCloseTo(1, 6);
  });

  it("are undefined with a reason if no item distinguishes the systems", () => {
    const fit = fit2pl([
      [1, 0],
      [1, 0],
    ]);
    expect(fit).toMatchObject({ logLikelihood: null, converged: false, a: [null, null] });
    expect(fit.reason).toMatch(/answered the same way/);
  });

  it("bound the slope of an item that separates the systems perfectly, name it, and keep the errors of the others", () => {
    const { matrix: long, abilities } = simulate(40, 200, 0, 12);
    const weakest = Math.min(...abilities);
    const split = long.map((row, i): Answer[] => [...row, abilities[i] === weakest ? 0 : 1]);
    const fit = fit2pl(split);
    expect(fit.converged).toBe(true);
    expect(fit.warnings.join()).toMatch(/perfectly by item .*200/);
    expect(fit.seA[200]).toBeNull();
    expect(fit.seA.filter((se) => se !== null).length).toBeGreaterThan(150);
  });

  it("warn about few systems and about too many slopes for the sample", () => {
    const warnings = fit2pl(simulate(20, 10, 0, 4).matrix).warnings.join("; ");
    expect(warnings).toMatch(/20 systems/);
    expect(warnings).toMatch(/10 slopes/);
  });

  it("throw for ragged rows and for answers other than 0, 1 and null", () => {
    expect(() => fit2pl([[1, 0], [1]])).toThrow(/row 1/);
    expect(() => fit1pl([[1, 0.5 as Answer]])).toThrow(/0\.5/);
  });
});

/** Gauss-Jordan inverse of a small well-conditioned matrix. */
function invert(matrix: readonly (readonly number[])[]): number[][] {
  const n = matrix.length;
  const work = matrix.map((row, i) => [...row, ...row.map((_, j) => Number(i === j))]);
  for (let k = 0; k < n; k += 1) {
    const pivot = work[k]![k]!;
    work[k] = work[k]!.map((value) => value / pivot);
    for (let i = 0; i < n; i += 1) {
      const factor = work[i]![k]!;
      if (i !== k) work[i] = work[i]!.map((value, j) => value - factor * work[k]![j]!);
    }
  }
  return work.map((row) => row.slice(n));
}
