import { describe, expect, it } from "vitest";
import catalogueFile from "../../../src/lib/catalogue/data/medbench-v4.json" with { type: "json" };
import { metricVersionOf } from "../../../src/lib/catalogue/metric-version.js";
import { catalogueSchema, type MetricVersion } from "../../../src/lib/catalogue/schema.js";

const version = (from: string | null, until: string | null): MetricVersion => ({
  from,
  until,
  labels: [],
  basis: "published",
  components: null,
});
const current = version("2025-11", null);
const older = version("2025-03", "2025-10");
const versions = [current, older];

describe("metricVersionOf", () => {
  it("includes both ends of a period", () => {
    expect(metricVersionOf(versions, "2025-03")).toBe(older);
    expect(metricVersionOf(versions, "2025-10")).toBe(older);
    expect(metricVersionOf(versions, "2025-11")).toBe(current);
  });

  it("knows no version before the first month, and none without an end after a closed period", () => {
    expect(metricVersionOf(versions, "2025-02")).toBeUndefined();
    expect(metricVersionOf([older], "2025-11")).toBeUndefined();
  });

  it("gives the version still in force if no month is given, else the first listed", () => {
    expect(metricVersionOf([older, current])).toBe(current);
    expect(metricVersionOf([older])).toBe(older);
  });
});

describe("the catalogue of MedBench v4", () => {
  const next = (month: string) => {
    const [year = 0, number = 0] = month.split("-").map(Number);
    return number === 12 ? `${year + 1}-01` : `${year}-${String(number + 1).padStart(2, "0")}`;
  };

  it("has one version of every dataset in each month: a period starts in the month after the one before ends", () => {
    for (const { id, scoring } of catalogueSchema.parse(catalogueFile).datasets) {
      const ordered = [...scoring].sort((a, b) => ((a.from ?? "") < (b.from ?? "") ? -1 : 1));
      for (const [i, { until }] of ordered.slice(0, -1).entries()) {
        expect([id, ordered[i + 1]?.from]).toEqual([id, next(until ?? "")]);
      }
      expect([id, ordered.at(-1)?.until]).toEqual([id, null]);
    }
  });
});
