import { describe, expect, it } from "vitest";
import { remedyFor, type SliceEvidence, sliceStanding } from "../../../src/lib/publication/slice-standing.js";

const evidence = (stated: Partial<SliceEvidence>): SliceEvidence => ({
  ...{ status: "validated", action: "none", isRefuted: false, nGroups: 40, kappa: 0.9, standardError: 0.03 },
  ...{ target: 0.8, floor: 0.6, minimumGroups: 30 },
  ...stated,
});
const accept = { borrowed: "accept", recalibrate: "accept" } as const;
const refuse = { borrowed: "refuse", recalibrate: "refuse" } as const;

describe("sliceStanding", () => {
  it("calls a slice sound only on its own evidence and without a caveat", () => {
    expect(sliceStanding(evidence({}), refuse)).toBe("sound");
    expect(sliceStanding(evidence({ action: "warning" }), refuse)).toBe("provisional");
    expect(sliceStanding(evidence({ status: "borrowed" }), accept)).toBe("provisional");
  });

  it("follows the policy on borrowed support and on kappas below the target", () => {
    const borrowed = evidence({ status: "borrowed", action: "recalibrate" });
    expect(sliceStanding(borrowed, accept)).toBe("provisional");
    expect(sliceStanding(borrowed, { ...accept, borrowed: "refuse" })).toBe("unvalidated");
    expect(sliceStanding(borrowed, { ...accept, recalibrate: "refuse" })).toBe("unvalidated");
  });

  it("never accepts a slice that failed or has no ratings, under any policy", () => {
    expect(sliceStanding(evidence({ status: "not validated" }), accept)).toBe("unvalidated");
    expect(sliceStanding(undefined, accept)).toBe("unvalidated");
  });
});

describe("remedyFor", () => {
  it("asks for the minimum without ratings, and for the missing number with too few", () => {
    expect(remedyFor(undefined, 30)).toEqual({ kind: "rate_more", items: 30 });
    expect(remedyFor(evidence({ nGroups: 13, kappa: 0.62 }), 30)).toEqual({ kind: "rate_more", items: 17 });
  });

  it("asks for enough ratings to show that today's kappa is above the floor", () => {
    // R: qt(0.95, 29) = 1.699127; 30 (1.699127 * 0.2 / 0.3)^2 = 38.49, so 39 in all.
    const unsettled = evidence({ status: "not validated", nGroups: 30, standardError: 0.2 });
    expect(remedyFor(unsettled, 30)).toEqual({ kind: "rate_more", items: 9 });
  });

  it("asks for no ratings if they would only confirm the failure", () => {
    expect(remedyFor(evidence({ isRefuted: true, nGroups: 12, kappa: 0.1 }), 30).kind).toBe("recalibrate");
    expect(remedyFor(evidence({ nGroups: 30, kappa: 0.79 }), 30).kind).toBe("recalibrate");
  });
});
