export {
  type Ability,
  type AbilityPrior,
  abilityEap,
  abilityMap,
  abilityMl,
  answerProbability,
  type CalibratedItem,
} from "./ability.js";
export {
  type LikelihoodRatio,
  type LogisticDifOptions,
  type LogisticItem,
  logisticDif,
} from "./differential/logistic.js";
export {
  type MantelHaenszelDifOptions,
  type MantelHaenszelItem,
  mantelHaenszelDif,
} from "./differential/mantel-haenszel.js";
export type {
  DifferentialFunctioning,
  DifferentialOptions,
  DifferentialSize,
} from "./differential/matching.js";
export { type DimensionRatio, dimensionRatio } from "./dimension-ratio.js";
export {
  auditItems,
  type DifferentialFinding,
  type GroupTests,
  type ItemAudit,
  type ItemAuditOptions,
  type ItemFlag,
} from "./item-audit.js";
export type { MarginalFit, MarginalOptions } from "./marginal-fit.js";
export { fitRasch, type RaschFit } from "./rasch.js";
export { type Answer, type DroppedItem, parseResponseRows, type ResponseMatrix } from "./responses.js";
export { fit1pl, fit2pl } from "./two-parameter.js";
