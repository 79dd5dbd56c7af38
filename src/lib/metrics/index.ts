export { type Box, boxArea, iou, iouMatrix } from "./box.js";
export { codePoints, editDistance } from "./edit-distance.js";
export {
  type EditSimilarity,
  type EditSimilarityOptions,
  editSimilarity,
  type ParsedTextFields,
  scoreTextFields,
} from "./edit-similarity.js";
export {
  type FieldAccuracyOptions,
  fieldAccuracy,
  type ParsedFields,
  scoreFields,
} from "./field-accuracy.js";
export { type ItemScore, type Rate, rate, type ScoreStatus } from "./item-score.js";
export {
  type FoundJson,
  findJsonArray,
  findJsonObject,
  isJsonArray,
  isJsonObject,
  type JsonObject,
  type JsonValue,
} from "./json-answer.js";
export {
  type GradedInsights,
  gradedInsights,
  type KeyPoint,
  type KeyPointPool,
  type KeyPointScores,
  keyPointPool,
  scoreKeyPoints,
} from "./key-points.js";
export {
  type LabelSetMetrics,
  type LabelSetOptions,
  labelSetMetrics,
  type MicroF1,
  microF1,
  parseLabels,
  type ScoredLabels,
  scoreLabels,
} from "./label-sets.js";
export { type ParsedSet, parseSet, type ScoredSet, type SetAnswerOptions, scoreSet } from "./set-answer.js";
export { type SetOverlap, setOverlap } from "./set-overlap.js";
export {
  type LabelNormalisation,
  normaliseLabel,
  normaliseName,
  normaliseText,
  withoutReasoning,
} from "./text-normalisation.js";
