import type { Catalogue } from "./schema.js";

/** Weight of each dataset in the composites. */
export interface CompositeShares {
  /** Share of each dataset in the overall score; they sum to 1. */
  readonly overall: ReadonlyMap<string, number>;
  /** By dimension in the catalogue's order: share of each of its datasets in the dimension; they sum to 1. */
  readonly dimensions: ReadonlyMap<string, ReadonlyMap<string, number>>;
}

/**
 * Weight of each dataset of a track in the composites under the rule `mean_of_means`: a dimension is the plain mean of
 * its datasets, the overall score the plain mean of the dimensions. Dimensions without datasets are left out.
 *
 * @see protocols P01.3
 * @example compositeShares({ dimensions: [{ id: "d", track: "t" }], datasets: [{ id: "a", track: "t", dimension: "d" }, { id: "b", track: "t", dimension: "d" }] }, "t").overall.get("a") // 0.5
 */
export function compositeShares(
  catalogue: {
    readonly dimensions: readonly Pick<Catalogue["dimensions"][number], "id" | "track">[];
    readonly datasets: readonly Pick<Catalogue["datasets"][number], "id" | "track" | "dimension">[];
  },
  track: string,
): CompositeShares {
  const wanted = catalogue.dimensions
    .filter((dimension) => dimension.track === track)
    .map(({ id }) => ({
      id,
      datasets: catalogue.datasets.filter((dataset) => dataset.track === track && dataset.dimension === id),
    }))
    .filter(({ datasets }) => datasets.length > 0);
  const share = (datasets: readonly { readonly id: string }[], of: number) =>
    datasets.map(({ id }) => [id, of] as const);
  return {
    overall: new Map(wanted.flatMap(({ datasets }) => share(datasets, 1 / datasets.length / wanted.length))),
    dimensions: new Map(
      wanted.map(({ id, datasets }) => [id, new Map(share(datasets, 1 / datasets.length))] as const),
    ),
  };
}
