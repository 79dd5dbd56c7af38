import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  gateDecisions,
  gatePolicies,
  type JudgeReliance,
  publicationGate,
} from "../../../src/lib/publication/gate.js";

const reliance = (stated: Partial<JudgeReliance>): JudgeReliance => ({
  ...{ judgeShare: 0.5, unvalidatedShare: 0, provisionalShare: 0 },
  ...{ isRated: true, isCorrected: false, isSelected: false, hasDrifted: false },
  ...stated,
});
const guard = (
  stated: JudgeReliance,
  policy = gatePolicies.withhold as Parameters<typeof publicationGate>[1],
) => gateDecisions.indexOf(publicationGate(stated, policy).decision);

const anyReliance = fc
  .record({
    unvalidated: fc.double({ min: 0, max: 0.5, noNaN: true }),
    provisional: fc.double({ min: 0, max: 0.5, noNaN: true }),
    isRated: fc.boolean(),
    isCorrected: fc.boolean(),
    isSelected: fc.boolean(),
    hasDrifted: fc.boolean(),
  })
  .map(({ unvalidated, provisional, ...flags }) =>
    reliance({ judgeShare: 1, unvalidatedShare: unvalidated, provisionalShare: provisional, ...flags }),
  );

describe("publicationGate", () => {
  it.each<[string, Partial<JudgeReliance>, string, string]>([
    [
      "no verdict in it",
      { judgeShare: 0, isRated: false, hasDrifted: true },
      "no_judge_involved",
      "no_judge",
    ],
    ["sound slices only", {}, "publish", "validated"],
    ["borrowed support", { provisionalShare: 0.1 }, "publish_with_warning", "provisional"],
    ["a corrected estimate", { provisionalShare: 0.1, isCorrected: true }, "publish_corrected", "corrected"],
    ["a fifth unvalidated", { unvalidatedShare: 0.2 }, "publish_with_warning", "unvalidated_share"],
    ["more than a fifth unvalidated", { unvalidatedShare: 0.201 }, "withhold", "unvalidated_share"],
    ["the same, corrected", { unvalidatedShare: 0.201, isCorrected: true }, "withhold", "unvalidated_share"],
    ["no rating at all", { unvalidatedShare: 0.5, isRated: false }, "withhold", "judge_not_rated"],
    ["ratings of selected answers", { isSelected: true }, "publish_with_warning", "selected_ratings"],
    [
      "the same, half unvalidated",
      { isSelected: true, unvalidatedShare: 0.5 },
      "withhold",
      "unvalidated_share",
    ],
    ["a drift alarm", { hasDrifted: true }, "publish_with_warning", "drift_alarm"],
  ])("decides %s as documented", (_, stated, decision, rule) => {
    expect(publicationGate(reliance(stated))).toMatchObject({ decision, rule });
  });

  it("never publishes a withheld figure because more of it is unvalidated", () => {
    fc.assert(
      fc.property(anyReliance, fc.double({ min: 0, max: 0.5, noNaN: true }), (stated, more) => {
        const worse = { ...stated, unvalidatedShare: stated.unvalidatedShare + more };
        expect(guard(worse)).toBeGreaterThanOrEqual(guard(stated));
      }),
    );
  });

  it("withholds nothing under `warn`, and under `strict` publishes nothing that the default withholds", () => {
    fc.assert(
      fc.property(anyReliance, (stated) => {
        expect(publicationGate(stated, gatePolicies.warn).decision).not.toBe("withhold");
        expect(guard(stated, gatePolicies.strict)).toBeGreaterThanOrEqual(guard(stated));
      }),
    );
  });
});
