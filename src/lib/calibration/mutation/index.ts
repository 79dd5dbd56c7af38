// Edits of known meaning, and the operators that make them

// What a judge made of them
export { clusteredWilson } from "./clustered-wilson.js";
export type { Edit } from "./edit.js";
export { editResult, type JudgedEdit, type StressRate, stressRates } from "./mutation-score.js";
export { type MutationContext, type MutationKind, type MutationLanguage, mutationKinds } from "./operator.js";
export { mutationOperators } from "./operators.js";
