// Whether the judge may replace people

export { type AlarmLevelOptions, alarmLevel } from "./alarm-level.js";
export { type AltTest, type AltTestOptions, type AltTestRater, altTest } from "./alt-test.js";
export {
  type DriftChart,
  type DriftChartOptions,
  type DriftPeriod,
  type DriftPoint,
  driftChart,
} from "./drift-chart.js";
export {
  type AgreementStatistic,
  type HumanCeiling,
  type HumanCeilingOptions,
  humanCeiling,
} from "./human-ceiling.js";
export {
  type DetectionRate,
  type LowGradeDetection,
  lowGradeDetection,
  lowGradeLimit,
} from "./low-grades.js";
export { type PoolDistance, type PoolDrift, poolDrift } from "./pool-drift.js";

// Many small slices

export {
  type PartialPooling,
  type PartialPoolingOptions,
  type PooledSlice,
  partialPooling,
  probabilityBelow,
  type Slice,
} from "./partial-pooling.js";
export {
  actionOn,
  defaultThresholds,
  type SliceKappa,
  type Validity,
  type ValidityAction,
  type ValidityCell,
  type ValidityThresholds,
  validityMap,
} from "./validity-map.js";

// What people return

export { type RatingScale, type ReadRating, readRating } from "./read-rating.js";

// Which answers people rate

export { designWeight, type SampledAnswer, type SampledStratum } from "./design-weight.js";
export {
  type Candidate,
  type DrawnAnswer,
  type DrawOptions,
  drawSample,
  type StratifiedBy,
  strataOf,
} from "./draw-sample.js";

// Estimates of people's means from a judge and a human sample

export {
  type CompositeCorrection,
  type CompositeCorrectionOptions,
  type CompositeCorrectionReason,
  type CorrectionOutcome,
  compositeCorrection,
  type JudgedPart,
  type RatedAnswer,
} from "./composite-correction.js";
export {
  type CorrectedComposite,
  correctionVariance,
  type Ends,
  judgedShare,
  raterContrast,
  withJudgeError,
} from "./judge-error.js";
export { type PpiMean, type PpiOptions, ppiMean } from "./ppi.js";
export {
  type ClusteredPpiMean,
  type ClusteredPpiOptions,
  type ClusteredScore,
  clusteredPpiMean,
} from "./ppi-clustered.js";
export { type PpiStratum, type StratifiedPpiMean, stratifiedPpiMean } from "./ppi-stratified.js";
export {
  type SampledScore,
  type WeightedPpiMean,
  type WeightedPpiOptions,
  weightedPpiMean,
} from "./ppi-weighted.js";
export { type RatedCluster, type RatedStratum, ratedStratum } from "./rated-stratum.js";
export {
  leastRaters,
  type RaterGrade,
  type RaterSeverity,
  raterHalfWidth,
  raterSeverity,
} from "./rater-severity.js";
export {
  type GradeShares,
  type RatableAnswer,
  type RatingSelection,
  ratingSelection,
  selectionLevel,
} from "./rating-selection.js";
export { type RoganGladen, type RoganGladenCounts, roganGladen } from "./rogan-gladen.js";
export { type UnseenErrors, unseenErrors, unseenLimit } from "./unseen-errors.js";

// A judge's scale on the human scale

export { applyJudgeMap, isotonicMap, type JudgeMap, type JudgeMapFit, linearMap } from "./judge-map.js";
