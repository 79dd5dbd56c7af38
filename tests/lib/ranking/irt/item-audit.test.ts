import { describe, expect, it } from "vitest";
import { dimensionRatio } from "../../../../src/lib/ranking/irt/dimension-ratio.js";
import { auditItems } from "../../../../src/lib/ranking/irt/item-audit.js";
import { type Answer, parseResponseRows } from "../../../../src/lib/ranking/irt/responses.js";
import { fit2pl } from "../../../../src/lib/ranking/irt/two-parameter.js";
import { createRandom, randomNormal } from "../../../../src/lib/util/random.js";

const random = createRandom(21);
const persons = Array.from({ length: 300 }, () => randomNormal(random));
const answer = (logit: number): Answer => (random() < 1 / (1 + Math.exp(-logit)) ? 1 : 0);
/** Alternates with ability, so that it is as unrelated to ability as possible. */
const alternating = (theta: number): Answer =>
  persons.filter((other) => other < theta).length % 2 === 0 ? 1 : 0;
/** Twelve good items, then one with a wrong key, one unrelated to ability, and one that all answer correctly. */
const matrix = persons.map((theta): Answer[] => [
  ...Array.from({ length: 12 }, (_, j) => answer(1.3 * (theta - (j - 6) / 4))),
  answer(-1.5 * theta),
  alternating(theta),
  1,
]);
const audit = auditItems(matrix, fit2pl(matrix));

describe("auditItems", () => {
  it("flags the wrongly keyed item and leaves the good ones alone", () => {
    expect(audit[12]!.flags).toEqual(
      expect.arrayContaining(["low discrimination", "negative rest correlation"]),
    );
    for (const item of audit.slice(0, 12)) expect(item.flags).toEqual([]);
  });

  it("flags an item that does not discriminate", () => {
    expect(audit[13]!.flags).toContain("low discrimination");
    expect(audit[14]).toMatchObject({
      a: null,
      infit: null,
      restCorrelation: null,
      easiness: 1,
      flags: ["all right"],
    });
  });

  it("finds infit near 1 for items that follow the model", () => {
    for (const item of audit.slice(0, 12)) expect(Math.abs(item.infit! - 1)).toBeLessThan(0.2);
  });

  it("gives no infit or outfit if the model is certain of an answer, whose residual then has no variance", () => {
    const rows = parseResponseRows(["011", "011", "100", "100"]);
    // Slopes at their bound of 25: at an ability of 2 the chance is 1 / (1 + e^-50), which is 1 in double precision.
    const certain = auditItems(rows, { ...fit2pl(rows), eap: [2, 2, -2, -2] });
    for (const { infit, outfit, flags } of certain) {
      expect([infit, outfit]).toEqual([null, null]);
      expect(flags).not.toContain("misfit");
    }
  });

  it("flags an item whose adjusted test of a group is significant and whose difference is not negligible", () => {
    const none = { delta: 0.2, size: "A", adjustedP: 0.001 } as const;
    const items = audit.map(({ item }) =>
      item === 2
        ? ({ delta: -1.8, size: "C", adjustedP: 0.02 } as const)
        : item === 3
          ? ({ delta: -1.8, size: "C", adjustedP: 0.06 } as const)
          : item === 4
            ? ({ delta: null, size: null, adjustedP: 0.01 } as const)
            : none,
    );
    const tested = auditItems(matrix, fit2pl(matrix), { differential: [{ group: "family", items }] });
    const flagged = tested.filter(({ flags }) => flags.includes("differential functioning"));
    expect(flagged.map(({ item }) => item)).toEqual([2, 4]);
    expect(tested[2]!.differential).toEqual([{ group: "family", delta: -1.8, size: "C", adjustedP: 0.02 }]);
    expect(tested[3]!.differential).toEqual([]);
    expect(() =>
      auditItems(matrix, fit2pl(matrix), { differential: [{ group: "family", items: items.slice(1) }] }),
    ).toThrow(/group "family" have 14 items, the fit 15/);
  });

  it("flags a negative rest correlation of five systems only if it is significant at the level asked for", () => {
    // Rest scores 3, 3, 1, 1, 2 of 3; the first item is right for the last three: r = -2 / sqrt(4.8) = -0.913, t = -3.87, p = 0.015.
    const rows = parseResponseRows(["0111", "0111", "1100", "1010", "1110"]);
    const flagsAt = (restLevel: number) => auditItems(rows, fit2pl(rows), { restLevel })[0]!.flags;
    expect(flagsAt(1)).toContain("negative rest correlation");
    expect(flagsAt(0.05)).toContain("negative rest correlation");
    expect(flagsAt(0.01)).not.toContain("negative rest correlation");
  });

  it("throws for a fit of another matrix", () => {
    expect(() => auditItems(matrix.slice(1), fit2pl(matrix))).toThrow(/300 persons/);
  });
});

describe("dimensionRatio", () => {
  it("is large for one ability and near 1 for two unrelated ones", () => {
    const other = persons.map(() => randomNormal(random));
    const one = persons.map((theta) => Array.from({ length: 20 }, () => answer(2 * theta)));
    const two = persons.map((theta, i) =>
      Array.from({ length: 20 }, (_, j) => answer(2 * (j % 2 === 0 ? theta : other[i]!))),
    );
    expect(dimensionRatio(one).estimate!).toBeGreaterThan(4);
    expect(dimensionRatio(two).estimate!).toBeLessThan(1.6);
  });

  it("gives the eigenvalues of the item correlations", () => {
    // Two items, phi = 0.5: 3+3 agree, 1+1 disagree. Eigenvalues 1 + phi and 1 - phi.
    const rows: Answer[][] = [
      [1, 1],
      [1, 1],
      [1, 1],
      [0, 0],
      [0, 0],
      [0, 0],
      [1, 0],
      [0, 1],
    ];
    const result = dimensionRatio(rows);
    expect(result.first).toBeCloseTo(1.5, 9);
    expect(result.second).toBeCloseTo(0.5, 9);
  });

  it("is undefined without variation", () => {
    expect(
      dimensionRatio([
        [1, 1],
        [1, 1],
        [1, 1],
      ]),
    ).toMatchObject({ estimate: null });
  });
});
