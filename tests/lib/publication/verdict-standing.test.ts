import { describe, expect, it } from "vitest";
import {
  type SliceEvidence,
  type VerdictEvidence,
  verdictStanding,
} from "../../../src/lib/publication/index.js";

const slice = (stated: Partial<SliceEvidence> = {}): SliceEvidence => ({
  ...{ status: "validated", action: "none", isRefuted: false, nGroups: 40, kappa: 0.9, standardError: 0.03 },
  ...{ target: 0.8, floor: 0.6, minimumGroups: 30 },
  ...stated,
});
const evidence = (
  slices: Readonly<Record<string, Readonly<Record<string, SliceEvidence>>>>,
  isProxy = false,
): VerdictEvidence => ({
  slices: new Map(Object.entries(slices).map(([kind, own]) => [kind, new Map(Object.entries(own))])),
  isProxy,
});
const place = { kind: "scale", specialties: ["a"], dataset: "d", family: "f", language: "zh", pool: "2025" };
const options = {
  ...({ borrowed: "accept", recalibrate: "refuse", unratedKeyPoints: "as_graded" } as const),
  minimumGroups: 30,
};

describe("verdictStanding", () => {
  it("needs support in every specialty of the answers", () => {
    const one = evidence({ specialty: { a: slice() } });
    expect(verdictStanding(one, place, options).standing).toBe("sound");
    const two = verdictStanding(one, { ...place, specialties: ["a", "b"] }, options);
    expect(two.standing).toBe("unvalidated");
    // Nothing was rated in b: the 30 items that a slice needs at least.
    expect([...two.slices]).toEqual([["specialty:b", { kind: "rate_more", items: 30 }]]);
  });

  it("needs no support in dataset, family, language and pool, unless ratings refute the judge there", () => {
    const refuted = slice({ status: "not validated", action: "recalibrate", isRefuted: true });
    const specialty = { a: slice() };
    const unsupported = evidence({ specialty, dataset: { d: slice({ status: "not validated" }) } });
    expect(verdictStanding(unsupported, place, options).standing).toBe("sound");
    const four = {
      dataset: { d: refuted },
      family: { f: refuted },
      language: { zh: refuted },
      period: { "2025": refuted },
    };
    const { standing, slices } = verdictStanding(evidence({ specialty, ...four }), place, options);
    expect(standing).toBe("unvalidated");
    expect([...slices.keys()]).toEqual(["dataset:d", "family:f", "language:zh", "period:2025"]);
  });

  it("is provisional on a borrowed specialty, and on the grades of a judge whose matching was not rated", () => {
    const borrowed = evidence({ specialty: { a: slice({ status: "borrowed" }) } });
    expect(verdictStanding(borrowed, place, options).standing).toBe("provisional");
    const proxy = evidence({ specialty: { a: slice() } }, true);
    expect(verdictStanding(proxy, place, options).standing).toBe("provisional");
  });

  it("blames the kind of verdict where the policy refuses matching that was not rated", () => {
    const proxy = evidence({ specialty: { a: slice() } }, true);
    const refusing = { ...options, unratedKeyPoints: "refuse" } as const;
    const { standing, isRated, slices } = verdictStanding(proxy, { ...place, kind: "key_point" }, refusing);
    expect([standing, isRated, ...slices.keys()]).toEqual(["unvalidated", true, "criterion:key_point"]);
  });

  it("without any rating of this judge version is unvalidated and unrated", () => {
    expect(verdictStanding(null, place, options)).toMatchObject({ standing: "unvalidated", isRated: false });
  });
});
