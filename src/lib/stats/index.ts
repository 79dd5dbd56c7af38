// Estimates and their intervals

export { type AgrestiCoullOptions, agrestiCoullInterval } from "./agresti-coull.js";
export { clopperPearsonInterval } from "./clopper-pearson.js";
export {
  type ClusteredProportion,
  type ClusteredWilsonOptions,
  clusteredWilson,
} from "./clustered-wilson.js";
export type { ConfidenceOptions, IntervalEstimate } from "./estimate.js";
export { type JeffreysOptions, jeffreysInterval } from "./jeffreys.js";
export { newcombeDifference } from "./newcombe.js";
export { type CombinedProportion, type ScoreIntervalOptions, scoreInterval } from "./score-interval.js";
export { type TInterval, type TIntervalOptions, tInterval } from "./t-interval.js";
export { waldInterval } from "./wald.js";
export { wilsonInterval } from "./wilson.js";

// Items that come in groups

export { type ClusterErrors, clusterErrors, sumByCluster } from "./cluster-errors.js";
export {
  type ClusterMean,
  type ClusterMeanOptions,
  type ClusterVariance,
  clusterMean,
} from "./cluster-mean.js";
export {
  type ClusterMoments,
  meanFromZero,
  momentsBySize,
  momentsOfGroups,
  withCluster,
} from "./cluster-moments.js";
export { clusterDegreesOfFreedom, effectiveClusters, type SizeClass } from "./cluster-variance.js";
export { type ClusteredSlope, clusteredSlope } from "./clustered-slope.js";
export {
  type CompositeClusterInterval,
  type CompositeClusterOptions,
  type CompositeInterval,
  compositeClusterInterval,
  type Stratum,
  type WeightedStratum,
} from "./composite.js";
export {
  clusterMeanFromMoments,
  compositeFromMoments,
  type MomentEstimate,
  type MomentOptions,
  type WeightedMoments,
} from "./composite-moments.js";
export { type GroupMean, type GroupStratum, groupMean } from "./group-mean.js";
export {
  type BoundedStratum,
  compositeBounds,
  type OutcomeBounds,
  sliceBounds,
  taskBounds,
} from "./outcome-bounds.js";
export {
  type PairedDifference,
  type PairedDifferenceOptions,
  pairedDifference,
} from "./paired-difference.js";

// Partial pooling

export {
  type PooledScore,
  type PooledScores,
  type PoolScoresOptions,
  poolScores,
  type ScoreCell,
  type SharedDifficultyPart,
  sharedDifficulty,
} from "./pooling/pooled-scores.js";

// Bootstrap

export { type BcaInterval, type BcaOptions, bcaInterval } from "./bca.js";
export { drawBinomial } from "./binomial.js";
export {
  type BootstrapInterval,
  bootstrapClusterMean,
  bootstrapTotals,
  bootstrapUnits,
  type UnitBootstrapOptions,
} from "./bootstrap.js";
export { bootstrapMultinomial, drawMultinomial } from "./bootstrap-multinomial.js";
export type { BootstrapOptions, BootstrapResult } from "./bootstrap-summary.js";
export {
  type CompositeBootstrap,
  stratifiedCompositeBootstrap,
  stratifiedCompositesBootstrap,
} from "./stratified-bootstrap.js";

// Tests

export { type LogisticRegression, logisticRegression } from "./logistic-regression.js";
export {
  type ExactMantelHaenszel,
  exactMantelHaenszel,
  type MantelHaenszel,
  type MantelHaenszelOptions,
  mantelHaenszel,
  type TwoByTwo,
} from "./mantel-haenszel.js";
export { type McnemarTest, mcnemarTest, type PairedCounts } from "./mcnemar.js";
export { adjustPValues, type PAdjustment } from "./p-adjust.js";
export { type PermutationOptions, type PermutationTest, pairedPermutationTest } from "./permutation.js";
export { type WilcoxonOptions, type WilcoxonTest, wilcoxonSignedRank } from "./wilcoxon.js";

// Planning a study

export * from "./power/index.js";

// Description

export { type Description, describe, median, sampleVariance } from "./descriptive.js";
export { quantileSorted } from "./quantile.js";
export { midRanks } from "./ranks.js";
