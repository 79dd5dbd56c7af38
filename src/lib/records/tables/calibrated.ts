import {
  correctionReasons,
  driftReasons,
  effectReasons,
  effectSubjects,
  kappaReasons,
  validityReasons,
} from "../../messages/codes.js";
import { raterPopulations } from "../rater-population.js";
import { count, flag, number, optional, parametersOf, share, type Table, text } from "./column.js";
import { judgeVersion } from "./judged.js";
import { itemKey, responseKey, responseKeyNames, runColumns } from "./keys.js";

const judgeVersionNames = ["benchmark", "judge", "rubric_version", "prompt_hash"];
const criterionSlice = {
  criterion: text("criterion of the rubric; `all` = the graded criteria together"),
  slice_kind: text("kind of slice; period = pool of items", [
    "overall",
    "dataset",
    "specialty",
    "family",
    "language",
    "period",
  ]),
  slice: text("slice; '' for overall and for items without a specialty"),
};

/** What calibration writes: judges compared with the people who rated the same answers. */
export const calibratedTables = {
  agreement: {
    grain: "one judge version on one criterion in one slice of the rated answers",
    key: [...judgeVersionNames, "criterion", "slice_kind", "slice"],
    columns: {
      ...judgeVersion,
      ...criterionSlice,
      scale_min: number("lowest value of the scale"),
      scale_max: number("highest value of the scale"),
      n_ratings: count("pairs of a verdict and one physician's rating"),
      n_responses: count("rated answers"),
      n_groups: count("independent items, the units of the intervals"),
      n_effective: optional(
        number("items of equal weight and size that would be as informative (Kish); null without ratings"),
      ),
      is_weighted: flag(
        "whether answers had unequal probabilities of being rated and are weighted by the inverse, so that the statistics refer to all answers of the draw",
      ),
      n_raters: count("physicians"),
      raters: text(
        "whose grades all intervals of the row are about: these raters, on other answers like the rated ones",
        raterPopulations,
      ),
      n_blinded: count("pairs in which the physician is recorded as not knowing the system"),
      judge_mean: optional(number("mean verdict, on the scale")),
      people_mean: optional(number("mean rating, on the scale")),
      weighting: text("weights of kappa and AC", ["unweighted", "quadratic"]),
      raw_agreement: optional(share("share of pairs with the same value")),
      kappa: optional(number("Cohen's kappa of the judge with one physician")),
      kappa_lower: optional(number("lower end of its 95 % interval over items; null below six items")),
      kappa_upper: optional(number("upper end of its 95 % interval")),
      kappa_se: optional(number("standard error of kappa over items")),
      ac: optional(number("Gwet's AC1 (two values) or AC2: robust where one value dominates")),
      alpha: optional(number("Krippendorff's alpha of the pairs, nominal or ordinal")),
      icc: optional(number("ICC(2,1) of the judge with the mean of the physicians")),
      bias: optional(number("mean of the judge minus mean of the physicians, on the scale")),
      bias_lower: optional(number("lower end of its 95 % interval, cluster-robust")),
      bias_upper: optional(number("upper end of its 95 % interval")),
      limit_lower: optional(number("lower Bland-Altman limit")),
      limit_upper: optional(number("upper Bland-Altman limit")),
      low_at_most: number("grades up to this count as low (unsafe, on the criterion safety)"),
      n_low: count("ratings by physicians that are low"),
      judge_low_share: optional(share("share of pairs in which the judge's grade is low")),
      people_low_share: optional(share("share of ratings that are low: the base rate")),
      sensitivity: optional(share("share of low ratings to which the judge gave a low grade")),
      sensitivity_lower: optional(
        share("lower end of its Wilson interval over items (effective sample size)"),
      ),
      sensitivity_upper: optional(share("upper end of its Wilson interval")),
      specificity: optional(share("share of ratings that are not low to which the judge gave no low grade")),
      specificity_lower: optional(
        share("lower end of its Wilson interval over items (effective sample size)"),
      ),
      specificity_upper: optional(share("upper end of its Wilson interval")),
      n_rater_pairs: count("pairs of two physicians on the same answer"),
      ceiling: optional(number("kappa of one physician with another on the same answers")),
      ceiling_lower: optional(number("lower end of its 95 % interval")),
      ceiling_upper: optional(number("upper end of its 95 % interval")),
      over_ceiling: optional(number("kappa of the judge minus the ceiling")),
      over_ceiling_lower: optional(number("lower end of its 95 % interval, from the same items")),
      over_ceiling_upper: optional(number("upper end of its 95 % interval")),
      reason: optional(text("why kappa or its interval is undefined", kappaReasons)),
      reason_parameters: parametersOf("reason"),
    },
  },
  judge_grades: {
    grain: "one pair of values that a judge version and physicians gave the same answers",
    key: [...judgeVersionNames, "criterion", "judge_value", "people_value"],
    columns: {
      ...judgeVersion,
      criterion: criterionSlice.criterion,
      judge_value: number("the judge's grade"),
      people_value: number("a physician's grade of the same answer"),
      n_ratings: count("pairs with these two values"),
      n_groups: count("independent items among them"),
    },
  },
  validity: {
    grain: "one judge version on one criterion in one slice: may it stand in for physicians there?",
    key: [...judgeVersionNames, "criterion", "slice_kind", "slice"],
    columns: {
      ...judgeVersion,
      ...criterionSlice,
      status: text("validated on its own ratings, borrowed from the other slices, or neither", [
        "validated",
        "borrowed",
        "not validated",
      ]),
      action: text("recalibrate: kappa below the target; warning: its interval reaches below", [
        "none",
        "warning",
        "recalibrate",
      ]),
      reason: text("why the slice has its status", validityReasons),
      reason_parameters: parametersOf("reason"),
      n_groups: count(
        "independent rated items of the slice; in slices other than overall and specialty, without specialties shown to fail",
      ),
      kappa: optional(number("the slice's own kappa, on those items")),
      kappa_lower: optional(number("lower end of its 95 % interval")),
      kappa_upper: optional(number("upper end of its 95 % interval")),
      kappa_se: optional(number("its standard error over items")),
      pooled: optional(number("kappa after partial pooling with the other slices")),
      pooled_lower: optional(number("lower end of its 95 % interval")),
      pooled_upper: optional(number("upper end of its 95 % interval")),
      borrowed: optional(share("share of the pooled kappa that comes from the other slices")),
      p_misses_target: optional(
        share("adjusted p-value for a kappa at or above the target: small = shown to miss it"),
      ),
      p_above_floor: optional(
        share("adjusted p-value for a kappa at or below the floor: small = shown to be above it"),
      ),
      p_below_others: optional(
        number(
          "p-value, for this slice alone, that its kappa is as high as in the other slices: small = it looks lower",
        ),
      ),
      target: number("kappa that a judge should reach"),
      floor: number("kappa below which a judge may not stand in for people"),
      minimum_groups: count("smallest number of items with which a slice can be validated on its own"),
      false_discovery_rate: share("false discovery rate allowed over the slices"),
    },
  },
  drift: {
    grain: "one version or pool compared with the baseline, on one criterion",
    key: ["benchmark", "criterion", "kind", "baseline", "period"],
    columns: {
      benchmark: itemKey.benchmark,
      criterion: criterionSlice.criterion,
      kind: text("version: same answers graded by two versions; pool: distance from people in two pools", [
        "version",
        "pool",
      ]),
      baseline: text("version or pool that is compared with"),
      period: text("version or pool under study"),
      change: optional(number("mean change, on the scale")),
      standard_error: optional(number("its standard error over items")),
      control_limit: optional(number("change that chance alone exceeds with the probability `level`")),
      alarm: optional(flag("the change is beyond the limit")),
      n_answers: count("answers compared"),
      n_groups: count("independent items among them"),
      look: count(
        "place of the comparison on its chart, from 1: versions and pools in the order of their names",
      ),
      charts: count("charts of the benchmark, which share the false-alarm rate"),
      level: share(
        "significance level of this comparison; all levels of all charts, now and later, add up to the rate",
      ),
      false_alarm_rate: share(
        "chance of any alarm on any chart of the benchmark, now or later, when nothing drifts",
      ),
      reason: optional(text("why there is no limit", driftReasons)),
      reason_parameters: parametersOf("reason"),
      anchor: optional(text("hash of the list of answers compared; NULL = all that both versions graded")),
    },
  },
  judge_bias: {
    grain: "one effect on one subject, for one judge version on one criterion",
    key: [...judgeVersionNames, "criterion", "effect", "subject", "subject_parameters"],
    confidential: true,
    columns: {
      ...judgeVersion,
      criterion: criterionSlice.criterion,
      effect: text("what is measured", [
        "self_preference",
        "length",
        "position",
        "self_consistency",
        "panel",
        "alt_test",
        "alt_test_rater",
      ]),
      subject: text("on whom or per what the effect is measured", effectSubjects),
      subject_parameters: parametersOf("subject"),
      estimate: optional(
        number(
          "grade points (self_preference, length, position), kappa (self_consistency), Kendall's tau-b (panel), winning rate (alt_test)",
        ),
      ),
      lower: optional(number("lower end of the 95 % interval")),
      upper: optional(number("upper end of the 95 % interval")),
      p_value: optional(share("p-value, Benjamini-Yekutieli over raters for alt_test_rater")),
      holds: optional(
        flag(
          "whether there is an effect (the interval excludes 0); for the alt-test: whether the judge may replace the rater",
        ),
      ),
      n_answers: count("answers behind the estimate"),
      n_groups: count("independent items (panel: systems) behind it"),
      reason: optional(text("why there is no estimate", effectReasons)),
      reason_parameters: parametersOf("reason"),
    },
  },
  rating_study: {
    grain: "one item of the GRRAS checklist that the record of the rating study answers",
    key: ["item"],
    columns: {
      item: text("item of the checklist", [
        ...["subjects", "raters", "known", "size", "sampling", "process", "independence", "characteristics"],
      ]),
      en: text("answer in English"),
      zh: text("answer in Chinese"),
    },
  },
  corrected_scores: {
    grain: "one system in one scope: the judge's mean, and people's mean by prediction-powered inference",
    key: [...judgeVersionNames, "run_id", "scope", "name"],
    columns: {
      ...judgeVersion,
      ...runColumns,
      scope: text("judged answers that are averaged", ["overall", "dimension", "specialty"]),
      name: text("dimension or specialty code; '' for overall"),
      n_judged: count("answers graded by the judge"),
      n_rated: count("of these, rated by people"),
      n_rated_groups: count("independent items among the rated"),
      judge_estimate: optional(share("mean of the judge's grades, taken as truth")),
      judge_lower: optional(share("lower end of its 95 % interval: ignores the judge's error")),
      judge_upper: optional(share("upper end of that interval")),
      estimate: optional(share("mean that people would have given")),
      lower: optional(
        share("lower end of its 95 % interval: accounts for the judge's error and the limited sample"),
      ),
      upper: optional(share("upper end of that interval")),
      raters: text(
        "whose grades the interval is about: raters like those who rated (three or more), or these raters only",
        raterPopulations,
      ),
      n_raters: count("people who rated the answers"),
      same_raters_lower: optional(share("lower end of the interval for the grades of these raters only")),
      same_raters_upper: optional(share("upper end of that interval")),
      standard_error: optional(number("standard error over items, for these raters")),
      judge_weight: optional(share("weight of the judge's grades: 0 = people's ratings alone")),
      rectifier: optional(number("people minus judge on the rated answers")),
      rectifier_se: optional(number("its standard error over items")),
      selection_p: optional(
        share(
          "p-value of the system's rated answers being a random sample of the judged ones, by the judge's grades; NULL where the draw gives probabilities",
        ),
      ),
      status: text("whether the score could be corrected", ["corrected", "refused"]),
      reason: optional(text("why the score could not be corrected", correctionReasons)),
      reason_parameters: parametersOf("reason"),
    },
  },
  rated_answers: {
    grain: "one person's rating of one answer that a judge version graded on the same criteria",
    key: [...responseKeyNames, "judge", "rubric_version", "prompt_hash", "rater"],
    confidential: true,
    columns: {
      ...responseKey,
      judge: judgeVersion.judge,
      rubric_version: judgeVersion.rubric_version,
      prompt_hash: judgeVersion.prompt_hash,
      group_id: text("group of the item: the independent unit"),
      rater: text("pseudonym of the rater"),
      judge_score: share("the judge's mean over the criteria, value / maximum"),
      human_score: share("the rater's mean over the same criteria"),
      design_weight: number(
        "judged answers that this one stands for: 1 / probability of being rated, or judged / rated in its specialty",
      ),
      is_drawn: flag("the probability is known from the draw"),
    },
  },
} as const satisfies Record<string, Table>;
