// Which figures may be published, and which may be compared

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
