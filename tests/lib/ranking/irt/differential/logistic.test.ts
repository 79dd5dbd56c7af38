import { describe, expect, it } from "vitest";
import { logisticDif } from "../../../../../src/lib/ranking/irt/differential/logistic.js";
import { parseResponseRows } from "../../../../../src/lib/ranking/irt/responses.js";
import { isMan, verbal } from "./verbal.js";

// What difR prints for these data, from the snapshots of its tests (github.com/adelahladka/difR, tests/testthat/_snaps/difLogistic.md).
const numbers = (text: string) => text.trim().split(/\s+/).map(Number);
const both =
  numbers(`2.0014 3.3541 2.4742 4.7296 4.1404 11.4111 1.6061 1.6331 2.6989 2.4547 2.0997 3.6877 1.2196 4.7304 1.0456 7.6935
10.2622 1.7016 7.2379 5.8680 1.2763 2.9521 2.6956 1.3524`);
const uniform =
  numbers(`1.9998 1.9065 2.1606 4.2639 2.9036 11.3031 0.0955 1.6260 2.1397 1.9563 0.0042 3.6491 0.4234 4.0968 0.7163 7.6372
9.1401 0.0928 7.1433 4.6496 0.5258 1.8339 2.3918 1.0577`);
const nonUniform =
  numbers(`0.0016 1.4476 0.3136 0.4658 1.2367 0.1080 1.5106 0.0071 0.5592 0.4983 2.0955 0.0386 0.7962 0.6335 0.3293 0.0563 1.1221
1.6088 0.0945 1.2184 0.7505 1.1182 0.3039 0.2947`);
const r2Changes =
  numbers(`0.0067 0.0101 0.0074 0.0177 0.0125 0.0343 0.0056 0.0050 0.0106 0.0085 0.0060 0.0133 0.0039 0.0122 0.0033 0.0243 0.0277
0.0058 0.0232 0.0211 0.0078 0.0092 0.0083 0.0057`);
const adjusted =
  numbers(`0.5190 0.4486 0.4689 0.3222 0.3785 0.0709 0.5376 0.5376 0.4689 0.4689 0.5190 0.4219 0.5671 0.3222 0.5929 0.1609 0.0709
0.5376 0.1609 0.2553 0.5671 0.4689 0.4689 0.5671`);
const purified =
  numbers(`0.8695 0.9981 1.1262 2.6707 1.5035 7.4079 1.3429 3.4083 2.0841 1.4013 4.9929 2.5516 2.1864 7.1927 0.2852 10.1885
12.6729 3.2351 9.1152 7.4605 1.4878 4.5572 4.5671 0.5883`);
const purifiedAdjusted =
  numbers(`0.7063 0.6938 0.6833 0.5155 0.6454 0.1097 0.6454 0.4328 0.5644 0.6454 0.2731 0.5155 0.5644 0.1097 0.8671 0.0736 0.0425
0.4328 0.0839 0.1097 0.6454 0.2731 0.2731 0.7776`);

const printed = (values: readonly (number | null | undefined)[]) =>
  values.map((value) => Number(value!.toFixed(4)));

describe("logisticDif on the verbal aggression data", () => {
  const { items } = logisticDif(verbal, isMan);

  it("has the likelihood ratios of uniform, non-uniform and both kinds that difR prints", () => {
    expect(printed(items.map((item) => item.both?.statistic))).toEqual(both);
    expect(printed(items.map((item) => item.uniform?.statistic))).toEqual(uniform);
    expect(printed(items.map((item) => item.nonUniform?.statistic))).toEqual(nonUniform);
    expect(printed(items.map((item) => item.both?.adjustedP))).toEqual(adjusted);
  });

  it("has difR's changes of Nagelkerke's R2, all of them negligible", () => {
    expect(printed(items.map(({ r2Change }) => r2Change))).toEqual(r2Changes);
    expect(new Set(items.map(({ size }) => size))).toEqual(new Set(["A"]));
  });

  it("purifies as difR does: six items after two repetitions, one of them moderate", () => {
    const result = logisticDif(verbal, isMan, { purify: true });
    expect([result.iterations, result.converged]).toEqual([2, true]);
    expect(result.purifiedItems).toEqual([5, 13, 15, 16, 18, 19]);
    expect(printed(result.items.map((item) => item.both?.statistic))).toEqual(purified);
    expect(printed(result.items.map((item) => item.both?.adjustedP))).toEqual(purifiedAdjusted);
    expect(result.items.filter(({ size }) => size === "B").map(({ item }) => item)).toEqual([16]);
  });
});

describe("logisticDif", () => {
  it("says why an item has no test", () => {
    const rows = ["111", "110", "101", "100", "110", "101"].flatMap((row) => [row, row, row, row]);
    const focal = rows.map((_, i) => i % 2 === 0);
    const [same, other] = logisticDif(parseResponseRows(rows), focal).items;
    expect(same).toMatchObject({ both: null, size: null, reason: "all answers are alike" });
    expect(other!.both).not.toBeNull();
  });

  it("refuses groups of fewer than ten", () => {
    const rows = parseResponseRows(["10", "01", "11", "00"]);
    expect(logisticDif(rows, [true, true, false, false])).toMatchObject({
      items: [],
      reason: "too few rows: 2 focal and 2 reference; needs 10 of each",
    });
  });
});
