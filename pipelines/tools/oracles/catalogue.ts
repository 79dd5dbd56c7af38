import { z } from "zod";
import catalogueFile from "../../../src/lib/catalogue/data/medbench-v4.json" with { type: "json" };
import { metricVersionOf } from "../../../src/lib/catalogue/metric-version.js";
import { catalogueSchema, type MetricVersion } from "../../../src/lib/catalogue/schema.js";
import { InputError } from "../../../src/lib/errors.js";
import { scorerOf } from "../../../src/lib/scorers/index.js";
import { readsAnswers } from "../../../src/lib/scorers/scorer.js";
import type { OracleAdapter } from "./types.js";

const dated = z.object({ dataset: z.string(), month: z.string() });

/** Oracle groups 21 and 22: the entry of a dataset for a given month in the catalogue of MedBench v4. */
export const catalogueAdapters: Readonly<Record<string, OracleAdapter>> = {
  metric_version: (input) => ({ labels: versionOf(input)?.labels ?? null }),

  dataset_label_set: (input) => {
    const { text, gold } = z.object({ text: z.string(), gold: z.array(z.string()) }).parse(input);
    const components = versionOf(input)?.components ?? [];
    const component = components.find(({ scorer }) => scorerOf(scorer).pooling === "micro_f1");
    if (component === undefined) return {};
    const scorer = scorerOf(component.scorer);
    if (!readsAnswers(scorer)) return {};
    const settings = scorer.options.parse(component.options ?? {});
    const { tp, fp, fn } = scorer.score({ text, gold, options: null }, settings);
    return { tp, fp, fn };
  },
};

function versionOf(input: unknown): MetricVersion | undefined {
  const { dataset, month } = dated.parse(input);
  const found = catalogueSchema.parse(catalogueFile).datasets.find(({ id }) => id === dataset);
  if (found === undefined) throw new InputError(`oracles: the catalogue has no dataset ${dataset}`);
  return metricVersionOf(found.scoring, month);
}
