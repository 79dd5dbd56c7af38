// Edits and the operators that make them

// What a judge made of them
export { type ClusteredProportion, clusteredWilson } from "./clustered-wilson.js";
export { type Edit, editBetween, replaceSpan, type Span } from "./edit.js";
export {
  type EditResult,
  editResult,
  type JudgedEdit,
  type ScoreOptions,
  type StressRate,
  type StressSlice,
  stressRates,
} from "./mutation-score.js";
export {
  type MutationContext,
  type MutationKind,
  type MutationLanguage,
  type MutationOperator,
  mutationKinds,
} from "./operator.js";
export { mutationOperators } from "./operators.js";
