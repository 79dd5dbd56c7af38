import type { Catalogue } from "../lib/catalogue/schema.js";
import type { SpecialtyEntry } from "../lib/catalogue/taxonomy.js";

/** The documents of a release that are not tables. */

export interface CatalogueDocument {
  readonly benchmarks: readonly Catalogue[];
}

export type TaxonomyDocument = readonly SpecialtyEntry[];
