/** Metrics of items and of pools: one file per metric family, named after what it scores. */
export { type BleuOptions, type BleuScore, bleu } from "./bleu.js";
export { type Box, boxArea, iou, iouMatrix } from "./box.js";
export {
  type BoxScoreOptions,
  iouHitRates,
  matchBoxes,
  readGoldBoxes,
  type ScoredBoxes,
  scoreBoxes,
  scoreFirstBox,
} from "./box-answer.js";
export { type BoxPair, greedyPairs, type MatchedIou, matchedIou, optimalPairs } from "./box-matching.js";
export { type BoxAnswerOptions, type LabeledBox, type ParsedBoxes, parseBoxes } from "./box-text.js";
export { type CalibrationBin, type CalibrationError, calibrationError } from "./calibration-error.js";
export {
  type ChoiceItem,
  type ChoiceMetrics,
  choiceMetrics,
  type LikelihoodChoice,
  likelihoodChoice,
} from "./choice-metrics.js";
export {
  type ChoiceReading,
  type Language,
  type ReadChoiceOptions,
  type ReadingStatus,
  readChoice,
} from "./choice-reader.js";
export { type ChrfOptions, chrf } from "./chrf.js";
export {
  type ClassProbabilityMetrics,
  classProbabilityMetrics,
  topLabelCalibration,
} from "./class-probability.js";
export {
  type ClassificationMetrics,
  type ClassScores,
  classificationMetrics,
  type PrecisionRecallF1,
} from "./classification.js";
export {
  type CodeLevel,
  type CodeLevelScores,
  codeLevelScores,
  icd10Category,
  icd10Chapter,
  icd10Levels,
} from "./code-levels.js";
export {
  type CombinedScore,
  combineRecallAndJudge,
  combineScores,
  type ScorePart,
} from "./combined-score.js";
export { type ConfusingPair, type ConfusingPairMetrics, confusingPairs } from "./confusing-pairs.js";
export {
  type Duration,
  type DurationTextOptions,
  type IsoDate,
  parseDate,
  parseDuration,
} from "./date-text.js";
export { compareByEdits, type EditComparison, editDistance } from "./edit-distance.js";
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
export { type FinishMeaning, finishMeaning } from "./finish-reason.js";
export {
  type GenuineAccuracy,
  type GenuineAccuracyOf,
  genuineAccuracy,
  type TripletAnswer,
  type TripletRole,
} from "./genuine-accuracy.js";
export { type ItemScore, type Rate, rate, type ScoreStatus } from "./item-score.js";
export {
  type FoundJson,
  findJsonArray,
  findJsonObject,
  isJsonArray,
  isJsonObject,
  type JsonObject,
} from "./json-answer.js";
export { type RatingScale, relativeJudgeScore, rescaleRating, type ScaleMap } from "./judge-scale.js";
export {
  type GradedInsights,
  gradedInsights,
  type KeyPoint,
  type KeyPointPool,
  type KeyPointScores,
  keyPointPool,
  scoreKeyPoints,
} from "./key-points.js";
export { type LabelReading, type LabelRule, readLabel } from "./label-answer.js";
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
export { type LabelMention, type LabelVocabulary, labelVocabulary } from "./label-vocabulary.js";
export {
  type AveragePrecisions,
  type Detection,
  type DetectionImage,
  type MeanAveragePrecision,
  meanAveragePrecision,
} from "./mean-average-precision.js";
export { type MultilabelMetrics, multilabelMetrics } from "./multilabel.js";
export { parsePlainNumber } from "./number-text.js";
export {
  type NumericGold,
  type NumericOptions,
  type ParsedNumeric,
  readNumericGold,
  roundHalfEven,
  scoreNumeric,
} from "./numeric-answer.js";
export { type NumericErrors, numericErrors, relativeAccuracy } from "./numeric-error.js";
export {
  type NumberRule,
  type NumericText,
  type NumericTextOptions,
  parseNumericText,
} from "./numeric-text.js";
export { averagePrecision, brierScore, type Defined, logLoss, logLossClip, rocAuc } from "./probability.js";
export { type ProbingCell, type ProbingMetrics, type ProbingPair, probingPairs } from "./probing-pairs.js";
export {
  auditReasoning,
  type ReasoningAudit,
  type ReasoningStep,
  type StepLabel,
} from "./reasoning-audit.js";
export {
  isOnlyReasoning,
  REASONING_CLOSING,
  REASONING_OPENING,
  withoutReasoning,
} from "./reasoning-marks.js";
export { bestReference, rougeL, rougeN } from "./rouge.js";
export { type Majority, majority, passAtK, type VoteEntropy, voteEntropy } from "./self-consistency.js";
export { type ParsedSet, parseSet, type ScoredSet, type SetAnswerOptions, scoreSet } from "./set-answer.js";
export { type SetOverlap, setOverlap } from "./set-overlap.js";
export {
  type BinaryFindingMetrics,
  binaryFindings,
  type DiagnosisMetrics,
  diagnosisMetrics,
  recordKey,
  scoreLabel,
} from "./single-label.js";
export {
  type LabelNormalization,
  normalizeLabel,
  normalizeName,
  normalizeText,
} from "./text-normalization.js";
export { type Tokenizer, tokenize } from "./tokenization.js";
export type { JsonValue } from "./tolerant-json.js";
export {
  type VariantAnswer,
  type VariantGroup,
  type VariantGroupMetrics,
  variantGroups,
} from "./variant-groups.js";
export {
  type WeightedCriteriaPool,
  type WeightedCriteriaScore,
  type WeightedCriterion,
  weightedCriteria,
  weightedCriteriaPool,
} from "./weighted-criteria.js";
