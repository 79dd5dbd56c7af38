import { readFileSync } from "node:fs";
import { join } from "node:path";
import { csvParse } from "d3-dsv";
import { expect, it } from "vitest";
import { clusteredKappa } from "../../src/lib/agreement/clustered-kappa.js";
import { cohenKappaOfLabels, fleissKappaGeneral, gwetAgreement } from "../../src/lib/agreement/index.js";
import { describeShared } from "../shared.js";

const raters = ["R1", "R2", "R3"] as const;

/** Three clinicians with base rates of 14, 43 and 11 %: a case in which kappa alone would mislead. */
describeShared("healthbench-psych, three clinicians", ["real", "healthbench-psych"], (folder) => {
  const rows = csvParse(readFileSync(join(folder, "round2-ratings.csv"), "utf8"));
  const given = (rater: string) => rows.map((row) => row[`${rater}_is_mental_health`] ?? null);
  const categories = ["Y", "N"];

  it("has the published counts: 15, 46 and 12 yes, 15 by majority, one control among them", () => {
    expect(raters.map((rater) => given(rater).filter((label) => label === "Y").length)).toEqual([15, 46, 12]);
    const majority = rows.filter(
      (row) => raters.filter((rater) => row[`${rater}_is_mental_health`] === "Y").length >= 2,
    );
    expect(majority).toHaveLength(15);
    expect(majority.filter(({ kind }) => kind === "control").map(({ review_id }) => review_id)).toEqual([
      "R0090",
    ]);
  });

  it.each([
    ["R1", "R2", 0.062],
    ["R1", "R3", 0.449],
    ["R2", "R3", 0.117],
  ])(
    "has Cohen's kappa of %s and %s as published, by the library and by the clustered form",
    (one, other, published) => {
      const labels = [given(one), given(other)] as const;
      expect(cohenKappaOfLabels(...labels, { categories }).estimate).toBeCloseTo(published, 3);
      const value = (label: string | null) => (label === "Y" ? 1 : 0);
      const pairs = rows.map((row, i) => ({
        left: value(labels[0][i] ?? null),
        right: value(labels[1][i] ?? null),
        cluster: row["review_id"] as string,
      }));
      expect(clusteredKappa(pairs, { categories: [0, 1] }).estimate).toBeCloseTo(published, 3);
    },
  );

  it("has Fleiss' kappa 0.111, and an AC1 that shows how much the base rates weigh", () => {
    const ratings = rows.map((row) => raters.map((rater) => row[`${rater}_is_mental_health`] ?? null));
    const fleiss = fleissKappaGeneral(ratings, { categories });
    expect(fleiss.estimate).toBeCloseTo(0.111, 3);
    expect(gwetAgreement(ratings, { categories }).estimate as number).toBeGreaterThan(
      2 * (fleiss.estimate as number),
    );
  });
});
