// Which figures may be published, and which may be compared

export {
  type CompositeTask,
  type FigureReliance,
  figureReliance,
  type ItemComponent,
  type ScoredItems,
} from "./figure-reliance.js";
export {
  type Gate,
  type GateDecision,
  type GatePolicy,
  type GateRule,
  gateDecisions,
  gatePolicies,
  gateRules,
  type JudgeReliance,
  publicationGate,
} from "./gate.js";
export { checkComparable, type Identity, identityDifferences } from "./identity.js";
export {
  type Remedy,
  remedyFor,
  type SliceEvidence,
  type SliceStanding,
  type StandingPolicy,
  sliceStanding,
} from "./slice-standing.js";
export {
  type VerdictEvidence,
  type VerdictPlace,
  type VerdictStanding,
  type VerdictStandingOptions,
  verdictStanding,
} from "./verdict-standing.js";
