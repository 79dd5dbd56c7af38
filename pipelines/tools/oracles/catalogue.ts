import { z } from "zod";
import catalogueFile from "../../../src/lib/catalogue/data/medbench-v4.json" with { type: "json" };
import { metricVersionOf } from "../../../src/lib/catalogue/metric-version.js";
import { catalogueSchema, type MetricVersion } from "../../../src/lib/catalogue/schema.js";
import { InputError } from "../../../src/lib/errors.js";
import { scorers } from "../../stages/score/scorers.js";
import type { OracleAdapter } from "./types.js";

const dated = z.object({ dataset: z.string(), month: z.string() });

/** Oracle groups 21 and 22: what the catalogue of MedBench v4 says about a dataset in a month. */
export const catalogueAdapters: Readonly<Record<string, OracleAdapter>> = {
  metric_version: (input) => ({ labels: versionOf(input)?.labels ?? null }),

  dataset_label_set: (input) => {
    const { text, gold } = z.object({ text: z.string(), gold: z.array(z.string()) }).parse(input);
    const component = versionOf(input)?.components?.find(({ scorer }) => scorer === "label_set");
    if (component === undefined) return {};
    const score = scorers.label_set?.({ text, gold, options: null }, component.options ?? {});
    return { tp: score?.tp, fp: score?.fp, fn: score?.fn };
  },
};

function versionOf(input: unknown): MetricVersion | undefined {
  const { dataset, month } = dated.parse(input);
  const found = catalogueSchema.parse(catalogueFile).datasets.find(({ id }) => id === dataset);
  if (found === undefined) throw new InputError(`oracles: the catalogue has no dataset ${dataset}`);
  return metricVersionOf(found.scoring, month);
}
