import { bleu } from "../../../src/lib/metrics/bleu.js";
import type { Box } from "../../../src/lib/metrics/box.js";
import { iou, iouMatrix } from "../../../src/lib/metrics/box.js";
import { matchedIou } from "../../../src/lib/metrics/box-matching.js";
import { type CalibrationError, calibrationError } from "../../../src/lib/metrics/calibration-error.js";
import { chrf } from "../../../src/lib/metrics/chrf.js";
import { classProbabilityMetrics, topLabelCalibration } from "../../../src/lib/metrics/class-probability.js";
import { classificationMetrics } from "../../../src/lib/metrics/classification.js";
import { editSimilarity } from "../../../src/lib/metrics/edit-similarity.js";
import {
  type DetectionImage,
  meanAveragePrecision,
} from "../../../src/lib/metrics/mean-average-precision.js";
import { multilabelMetrics } from "../../../src/lib/metrics/multilabel.js";
import { averagePrecision, brierScore, logLoss, rocAuc } from "../../../src/lib/metrics/probability.js";
import { rougeL, rougeN } from "../../../src/lib/metrics/rouge.js";
import { type Tokenizer, tokenize } from "../../../src/lib/metrics/tokenization.js";
import type { OracleAdapter, OracleInput } from "./types.js";

const tokenizers: Readonly<Record<string, Tokenizer>> = { rouge_en: "en", zh_char: "zh", none: "none" };

const classification: OracleAdapter = (input) => {
  const { labels, y_true, y_pred } = read<{ labels: string[]; y_true: string[]; y_pred: (string | null)[] }>(
    input,
  );
  const metrics = classificationMetrics(y_true, y_pred, labels);
  return {
    accuracy: metrics.accuracy,
    balanced_accuracy: metrics.balancedAccuracy,
    mcc: metrics.mcc,
    per_class: Object.fromEntries(metrics.perClass),
    confusion: metrics.confusion,
    micro: metrics.micro,
    macro: metrics.macro,
    weighted: metrics.weighted,
  };
};

const probabilistic: OracleAdapter = (input) => {
  const { y, p } = read<{ y: number[]; p: number[] }>(input);
  return {
    brier: brierScore(y, p).estimate,
    log_loss: logLoss(y, p).estimate,
    roc_auc: rocAuc(y, p).estimate,
    average_precision: averagePrecision(y, p).estimate,
    ece_10: calibration(calibrationError(y, p, 10)),
    ece_15: calibration(calibrationError(y, p, 15)),
  };
};

const multiclassProbability: OracleAdapter = (input) => {
  const { y, P } = read<{ y: number[]; P: number[][] }>(input);
  const metrics = classProbabilityMetrics(y, P);
  return {
    log_loss: metrics.logLoss.estimate,
    roc_auc_ovr_macro: metrics.rocAucOvrMacro.estimate,
    brier_multiclass_sum: metrics.brierSum.estimate,
    accuracy_top1: metrics.top1Accuracy.estimate,
    ece_top_label_10: calibration(topLabelCalibration(y, P, 10)),
    ece_top_label_15: calibration(topLabelCalibration(y, P, 15)),
  };
};

const multilabel: OracleAdapter = (input) => {
  const { labels, y_true, y_pred } = read<{ labels: string[]; y_true: string[][]; y_pred: string[][] }>(
    input,
  );
  const metrics = multilabelMetrics(y_true, y_pred, labels);
  return {
    micro: metrics.micro,
    macro: metrics.macro,
    weighted: metrics.weighted,
    samples: metrics.samples,
    samples_f1_zd1: metrics.samplesF1EmptyIsOne,
    per_label: Object.fromEntries(metrics.perLabel),
    subset_accuracy: metrics.subsetAccuracy,
    hamming_loss: metrics.hammingLoss,
    jaccard_samples: metrics.jaccardSamples,
  };
};

const edit: OracleAdapter = (input) => {
  const { a, b } = read<{ a: string; b: string }>(input);
  const result = editSimilarity(a, b, { normalization: "none" });
  return {
    distance: result.distance,
    len_a: result.lengthA,
    len_b: result.lengthB,
    ned: result.normalizedDistance,
    similarity: result.similarity,
  };
};

const rouge: OracleAdapter = (input) => {
  const { candidate, reference, tokenizer } = read<{
    candidate: string;
    reference: string;
    tokenizer: string;
  }>(input);
  const name = tokenizers[tokenizer];
  if (name === undefined) return {};
  const [given, wanted] = [tokenize(candidate, name), tokenize(reference, name)];
  return {
    rouge1: rougeN(given, wanted, 1),
    rouge2: rougeN(given, wanted, 2),
    rougeL: rougeL(given, wanted),
  };
};

const bleuScores: OracleAdapter = (input) => {
  const { hypotheses, references } = read<{ hypotheses: string[][]; references: string[][][] }>(input);
  const corpus = bleu(hypotheses, references);
  return {
    sentence_effective_order: bleu(hypotheses, references, { effectiveOrder: true }).score,
    sentence_no_effective_order: corpus.score,
    corpus: corpus.score,
    bp: corpus.brevityPenalty,
    sys_len: corpus.systemLength,
    ref_len: corpus.referenceLength,
  };
};

const chrfScore: OracleAdapter = (input) => {
  const { hypothesis, references } = read<{ hypothesis: string; references: string[] }>(input);
  return { chrf: chrf(hypothesis, references) };
};

const meanIou: OracleAdapter = (input) => {
  const { predictions, ground_truth } = read<{ predictions: Box[]; ground_truth: Box[] }>(input);
  const optimal = matchedIou(predictions, ground_truth, "optimal");
  const greedy = matchedIou(predictions, ground_truth, "greedy");
  return {
    mean_iou_hungarian: optimal.meanIou,
    mean_iou_greedy: greedy.meanIou,
    matched_mean_hungarian: optimal.matchedMean,
    matched_mean_greedy: greedy.matchedMean,
    iou_matrix: iouMatrix(predictions, ground_truth),
  };
};

const map50: OracleAdapter = (input) => {
  type Image = { ground_truth: DetectionImage["references"]; predictions: DetectionImage["predictions"] };
  const { images, classes } = read<{ images: Image[]; classes: string[] }>(input);
  const result = meanAveragePrecision(
    images.map((image) => ({ references: image.ground_truth, predictions: image.predictions })),
    classes,
  );
  const perClass = [...result.perClass].map(([name, { coco101, vocAllPoint }]) => [
    name,
    coco101 === null ? null : { ap_coco101: coco101, ap_voc_allpoint: vocAllPoint },
  ]);
  return {
    per_class: Object.fromEntries(perClass),
    map_coco101: result.coco101,
    map_voc_allpoint: result.vocAllPoint,
  };
};

/** Oracle groups 05 (classification), 06 (text) and 07 (boxes), by function name. */
export const metricsAdapters: Readonly<Record<string, OracleAdapter>> = {
  classification_metrics: classification,
  probabilistic_metrics: probabilistic,
  multiclass_prob_metrics: multiclassProbability,
  multilabel_metrics: multilabel,
  edit_distance: edit,
  rouge,
  bleu: bleuScores,
  chrf: chrfScore,
  iou: (input) => {
    const { a, b } = read<{ a: Box; b: Box }>(input);
    return { iou: iou(a, b) };
  },
  mean_iou: meanIou,
  map50,
};

/** Cases are validated when they are generated; the shape for each function is in the file's `definitions`. */
function read<T>(input: OracleInput): T {
  return input as T;
}

function calibration({ ece, mce, bins }: CalibrationError): Record<string, unknown> {
  return { ece, mce, bins: bins.map(({ bin, n, confidence, accuracy }) => [bin, n, confidence, accuracy]) };
}
