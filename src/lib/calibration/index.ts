// Means that people would have given, from a judge and a human sample

// Many small slices, many looks
// May the judge stand in for people?
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
// A judge's scale on the human scale
export { applyJudgeMap, isotonicMap, type JudgeMap, type JudgeMapFit, linearMap } from "./judge-map.js";
export {
  type PartialPooling,
  type PartialPoolingOptions,
  type PooledSlice,
  partialPooling,
  probabilityBelow,
  type Slice,
} from "./partial-pooling.js";
export { type PpiMean, type PpiOptions, ppiMean } from "./ppi.js";
export {
  type ClusteredPpiMean,
  type ClusteredPpiOptions,
  type ClusteredScore,
  clusteredPpiMean,
} from "./ppi-clustered.js";
export { type PpiStratum, type StratifiedPpiMean, stratifiedPpiMean } from "./ppi-stratified.js";
export { type RoganGladen, type RoganGladenCounts, roganGladen } from "./rogan-gladen.js";
