// Edits with a known effect, the operators that make them, and how a judge responded
export type { Edit, Span } from "./edit.js";
export {
  type EditResult,
  editResult,
  type JudgedEdit,
  type ScoreOptions,
  type StressPlan,
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
