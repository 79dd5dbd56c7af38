/**
 * The library on its own: statistics, agreement, metrics, ranking and calibration for evaluations of medical AI. Pure
 * functions, `(data, options) => result`; undefined results are `null` with a reason. Works in Node and in browsers.
 */
export * from "./agreement/index.js";
export * from "./calibration/index.js";
export { metricVersionOf } from "./catalogue/metric-version.js";
export { type RolledDimension, type RolledTrack, rollUp } from "./catalogue/roll-up.js";
export { type Catalogue, catalogueSchema } from "./catalogue/schema.js";
export * from "./errors.js";
export { type ChoiceReading, readChoice } from "./metrics/choice-reader.js";
export * from "./metrics/index.js";
export {
  type Gate,
  type GatePolicy,
  gatePolicies,
  type JudgeReliance,
  publicationGate,
} from "./publication/gate.js";
export { checkComparable, type Identity, identityDifferences } from "./publication/identity.js";
export {
  type Remedy,
  remedyFor,
  type SliceEvidence,
  type SliceStanding,
  sliceStanding,
} from "./publication/slice-standing.js";
export * from "./ranking/index.js";
export * from "./stats/index.js";
export * from "./stress/index.js";
export { createRandom, type Random } from "./util/random.js";
export { roundHalfUp } from "./util/rounding.js";
