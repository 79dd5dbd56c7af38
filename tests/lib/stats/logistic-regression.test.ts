import { describe, expect, it } from "vitest";
import { logisticRegression } from "../../../src/lib/stats/logistic-regression.js";
import { isMan, verbal } from "../ranking/irt/differential/verbal.js";

describe("logisticRegression", () => {
  it("is statsmodels' Logit of an item on total score and group", () => {
    const rows = verbal.map((row, i) => [1, row.filter((answer) => answer === 1).length, isMan[i] ? 1 : 0]);
    const fit = logisticRegression(
      rows,
      verbal.map((row) => row[5] as number),
    );
    for (const [j, value] of [-2.74605952, 0.26410279, -1.09015441].entries())
      expect(fit.coefficients[j]).toBeCloseTo(value, 6);
    for (const [j, value] of [0.36885978, 0.03141102, 0.33363727].entries())
      expect(fit.standardErrors[j]).toBeCloseTo(value, 5);
    expect(fit.deviance).toBeCloseTo(325.0385212, 6);
    expect(fit.nullDeviance).toBeCloseTo(438.0690181, 6);
    expect(fit.converged).toBe(true);
  });

  it("gives the log odds ratio of a two by two table, and its standard error", () => {
    // 1 of 3 against 2 of 3: log(4), sqrt(1 + 1/2 + 1/2 + 1).
    const fit = logisticRegression(
      [0, 0, 0, 1, 1, 1].map((group) => [1, group]),
      [1, 0, 0, 1, 1, 0],
    );
    expect(fit.coefficients[1]).toBeCloseTo(Math.log(4), 8);
    expect(fit.standardErrors[1]).toBeCloseTo(Math.sqrt(3), 6);
  });

  it("has the deviance of the limit where groups are separated, and says that it did not converge", () => {
    const fit = logisticRegression(
      [0, 0, 0, 1, 1, 1].map((group) => [1, group]),
      [0, 0, 0, 1, 1, 1],
    );
    expect(fit.deviance).toBeCloseTo(0, 4);
    expect(fit.converged).toBe(false);
  });

  it("refuses other answers than 0 and 1, and columns that depend on each other", () => {
    expect(() => logisticRegression([[1], [1]], [1, 2])).toThrow(/answers\[1\] must be 0 or 1; got 2/);
    expect(() =>
      logisticRegression(
        [
          [1, 1],
          [1, 1],
          [1, 1],
        ],
        [1, 0, 1],
      ),
    ).toThrow(/linearly dependent/);
  });
});
