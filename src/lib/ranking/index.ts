// From scores to order

// From pairwise wins to order
export {
  type BradleyTerry,
  type BradleyTerryOptions,
  bradleyTerry,
  type PairRecord,
} from "./bradley-terry.js";
// Covariance of several systems' composites
export {
  type CompositeDifference,
  compositeCovariance,
  compositeDifference,
  discordantGroups,
  type StratumCovariance,
  type StratumGroups,
  stratumCovariance,
  type WeightedCovariance,
} from "./composite-covariance.js";
export {
  type CompositeRankOptions,
  type CompositeRankSets,
  compositeRankSets,
  type RankedPair,
} from "./composite-ranks.js";
// Item response theory
export * from "./irt/index.js";
export { type LeaderboardCorrelation, leaderboardCorrelation } from "./leaderboard-correlation.js";
export { pairedDifferences, type SystemDifference } from "./paired-differences.js";
export {
  type RankSet,
  type RankSetCovarianceOptions,
  type RankSetOptions,
  type RankSets,
  rankSets,
  rankSetsOfPairs,
} from "./rank-sets.js";
export { type SystemEstimates, systemCovariance } from "./system-covariance.js";
export { type Tier, tiers } from "./tiers.js";
