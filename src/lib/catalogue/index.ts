// What a benchmark is: its datasets, metrics, dimensions and weights

export { type ScorerName, scorerNames } from "../scorers/index.js";
export { type CompositeShares, compositeShares } from "./composite-shares.js";
export { metricVersionOf } from "./metric-version.js";
export { type OutcomePolicies, outcomePolicies } from "./outcome-policy.js";
export { type PrintedOverall, type PrintedRange, printedOverall } from "./printed-overall.js";
export { type RolledDimension, type RolledTrack, rollUp } from "./roll-up.js";
export {
  type Bilingual,
  type CriterionScale,
  type ItemPoint,
  type Rubric,
  type RubricLanguage,
  rubricCriteria,
  rubricSchema,
  rubricVersion,
} from "./rubric.js";
export {
  type Catalogue,
  type CatalogueDataset,
  catalogueSchema,
  type MetricVersion,
  type ScoringComponent,
} from "./schema.js";
export {
  indexTaxonomy,
  type SpecialtyEntry,
  type Taxonomy,
  type TaxonomyIndex,
  taxonomySchema,
} from "./taxonomy.js";
