import { usualPolicy } from "./outcome-policy.js";

interface SmallDataset {
  /** Components of the only version of the metric. */
  readonly components: readonly object[];
  /** Default: `all`. */
  readonly dimension?: string;
  /** Fields that differ from those of the other datasets, such as `files` or several versions in `scoring`. */
  readonly more?: Readonly<Record<string, unknown>>;
}

/** A catalogue of one track for tests, with datasets by id. Dimensions are those that the datasets name. */
export function smallCatalogue(
  id: string,
  datasets: Readonly<Record<string, SmallDataset>>,
  { policy = usualPolicy }: { readonly policy?: object } = {},
) {
  const all = Object.entries(datasets).map(([dataset, { components, dimension = "all", more = {} }]) => ({
    ...{ id: dataset, track: "llm", dimension },
    ...{ answerType: "-", language: "en", asks: "-", answerFormat: "-" },
    scoring: [{ from: null, until: null, labels: [], basis: "assumed", components }],
    ...more,
  }));
  return {
    schema: "medbench-catalogue/1",
    id,
    name: { en: "Small", zh: "小型" },
    source: "invented",
    composite: { rule: "mean_of_means", boardDecimals: 1 },
    outcomePolicy: { upload: policy, api: policy },
    tracks: [{ id: "llm", name: { en: "LLM", zh: "模型" } }],
    dimensions: [...new Set(all.map(({ dimension }) => dimension))].map((dimension) => ({
      ...{ id: dimension, track: "llm", name: { en: dimension, zh: dimension }, basis: "published" },
    })),
    datasets: all,
  };
}
