import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bradleyTerry, type PairRecord } from "../../../src/lib/ranking/bradley-terry.js";

const players = ["a", "b", "c", "d"];
/** Every pair with at least one win on each side, so the maximum is finite. */
const records = fc
  .array(fc.tuple(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 40 })), {
    minLength: 6,
    maxLength: 6,
  })
  .map((counts) => {
    const pairs: PairRecord[] = [];
    let next = 0;
    for (let i = 0; i < 4; i += 1) {
      for (let j = i + 1; j < 4; j += 1) {
        const [winsA, winsB] = counts[next] as [number, number];
        pairs.push({ a: players[i]!, b: players[j]!, winsA, winsB });
        next += 1;
      }
    }
    return pairs;
  });

describe("bradleyTerry", () => {
  it("gives two players the log odds of the wins and its delta-method error", () => {
    const fit = bradleyTerry(["x", "y"], [{ a: "x", b: "y", winsA: 30, winsB: 10 }]);
    expect(fit.abilityRef?.["y"]).toBeCloseTo(-Math.log(3), 12);
    // se of a log odds: sqrt(1/30 + 1/10)
    expect(fit.seRef?.["y"]).toBeCloseTo(Math.sqrt(1 / 30 + 1 / 10), 12);
    expect(fit.seCentered?.["y"]).toBeCloseTo(Math.sqrt(1 / 30 + 1 / 10) / 2, 12);
  });

  it("satisfies the score equations: expected wins equal observed wins for every player", () => {
    fc.assert(
      fc.property(records, (pairs) => {
        const ability = bradleyTerry(players, pairs).abilityCentered!;
        for (const player of players) {
          let gap = 0;
          for (const { a, b, winsA, winsB } of pairs) {
            if (a !== player && b !== player) continue;
            const other = a === player ? b : a;
            const chance = 1 / (1 + Math.exp(ability[other]! - ability[player]!));
            gap += (a === player ? winsA : winsB) - (winsA + winsB) * chance;
          }
          expect(Math.abs(gap)).toBeLessThan(1e-8);
        }
      }),
    );
  });

  it("does not depend on the order of records or on the sides of a record", () => {
    fc.assert(
      fc.property(records, (pairs) => {
        const turned = [...pairs]
          .reverse()
          .map(({ a, b, winsA, winsB }) => ({ a: b, b: a, winsA: winsB, winsB: winsA }));
        const left = bradleyTerry(players, pairs);
        const right = bradleyTerry(players, turned);
        for (const player of players) {
          expect(right.abilityCentered![player]).toBeCloseTo(left.abilityCentered![player]!, 9);
          expect(right.seRef![player]).toBeCloseTo(left.seRef![player]!, 9);
        }
      }),
    );
  });

  it("counts a tie as half a win for both only when asked to", () => {
    const pairs = [{ a: "x", b: "y", winsA: 3, winsB: 1, ties: 4 }];
    expect(bradleyTerry(["x", "y"], pairs)).toMatchObject({ n: 4, nTiesDropped: 4 });
    const half = bradleyTerry(["x", "y"], pairs, { ties: "half" });
    expect(half).toMatchObject({ n: 8, nTiesDropped: 0 });
    expect(half.abilityRef?.["x"]).toBe(0);
    expect(half.abilityRef?.["y"]).toBeCloseTo(Math.log(3 / 5), 12);
  });

  it("leaves a player without comparisons undefined instead of average", () => {
    const fit = bradleyTerry(["x", "y", "z"], [{ a: "x", b: "y", winsA: 2, winsB: 1 }]);
    expect(fit.status).toBe("no_finite_mle");
    expect(fit.abilityCentered).toBeNull();
    expect(fit.reason).toMatch(/strongly connected/);
  });

  it("has a finite maximum if a single upset closes a long winning chain", () => {
    const chain: PairRecord[] = ["ab", "bc", "cd"].map((pair) => ({
      a: pair[0]!,
      b: pair[1]!,
      winsA: 50,
      winsB: 0,
    }));
    const fit = bradleyTerry(players, [...chain, { a: "d", b: "a", winsA: 1, winsB: 0 }]);
    expect(fit.status).toBe("ok");
    // In a one-way cycle every player's expected wins must match: three chain gaps share one chance q of the upset,
    // 50 (1 - p) = 1 - p' with p = 1/(1+e^-g), p' = 1/(1+e^{3g}).
    const gap = fit.abilityCentered!["a"]! - fit.abilityCentered!["b"]!;
    expect(50 / (1 + Math.exp(gap))).toBeCloseTo(1 - 1 / (1 + Math.exp(3 * gap)), 8);
  });

  it.each([
    ["an unknown player", [{ a: "x", b: "q", winsA: 1, winsB: 1 }]],
    ["a player against itself", [{ a: "x", b: "x", winsA: 1, winsB: 1 }]],
    ["a negative count", [{ a: "x", b: "y", winsA: -1, winsB: 1 }]],
  ])("throws for %s", (_, pairs) => {
    expect(() => bradleyTerry(["x", "y"], pairs)).toThrow(/bradleyTerry/);
  });
});
