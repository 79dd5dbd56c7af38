import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { csvParse } from "d3-dsv";
import { expect, it } from "vitest";
import { cohenKappaOfLabels } from "../../../src/lib/agreement/cohen-kappa.js";
import { krippendorffAlpha } from "../../../src/lib/agreement/krippendorff-alpha.js";
import { describeShared } from "../../shared.js";

interface Annotated {
  readonly instances: readonly {
    readonly annotations: Readonly<
      Record<string, { readonly individual_human_scores: readonly (string | number)[] }>
    >;
  }[];
}

/** One row per rater; the source lists ratings per instance, some instances with fewer. */
function byRater({ instances }: Annotated, dimension: string): (string | number | null)[][] {
  const lists = instances.map((instance) => instance.annotations[dimension]?.individual_human_scores ?? []);
  const raters = Math.max(...lists.map((list) => list.length));
  return Array.from({ length: raters }, (_, rater) => lists.map((list) => list[rater] ?? null));
}

describeShared("published reliabilities of JUDGE-BENCH", ["real", "judge-bench"], (folder) => {
  it.each([
    ["Informativeness", 0.2849],
    ["Relevance", 0.1151],
    ["Fluency", -0.0158],
    ["Coherence", 0.065],
  ])("newsroom %s has ordinal alpha %f", (dimension, published) => {
    const data = JSON.parse(
      gunzipSync(readFileSync(join(folder, "newsroom.json.gz"))).toString(),
    ) as Annotated;
    expect(krippendorffAlpha(byRater(data, dimension), { level: "ordinal" }).estimate!).toBeCloseTo(
      published,
      4,
    );
  });

  it("DICES-350 safety has nominal alpha 0.1609", () => {
    const data = JSON.parse(readFileSync(join(folder, "dices_350_crowdsourced.json"), "utf8")) as Annotated;
    expect(krippendorffAlpha(byRater(data, "safety")).estimate!).toBeCloseTo(0.1609, 4);
  });
});

describeShared("judges of TriviaQA against people", ["real", "judging-the-judges"], (folder) => {
  const path = join(folder, "TriviaQA_Judges_w_HumanJudgement_V1.csv.gz");
  it.each([
    ["Llama3-70B", 0.927, 0.818],
    ["GPT-4", 0.912, 0.788],
    ["Contains", 0.848, 0.683],
    ["Gemma-2B", 0.78, 0.422],
    ["EM", 0.709, 0.458],
  ])("%s agrees on %f with kappa %f", (judge, agreement, kappa) => {
    const rows = csvParse(gunzipSync(readFileSync(path)).toString());
    const verdicts = (column: string) => rows.map((row) => row[column]?.trim() || null);
    const result = cohenKappaOfLabels(verdicts(judge), verdicts("HumanJudgement"), {
      categories: ["True", "False"],
    });
    expect(result.percentAgreement!).toBeCloseTo(agreement, 3);
    expect(result.estimate!).toBeCloseTo(kappa, 3);
  });
});
