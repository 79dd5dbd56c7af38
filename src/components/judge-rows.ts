/** Rows of the released tables about judges, as far as pages use them; the data dictionary describes all columns. */

export interface JudgeVersion {
  readonly benchmark: string;
  readonly judge: string;
  readonly rubric_version: string;
  readonly prompt_hash: string;
}

interface CriterionSlice extends JudgeVersion {
  readonly criterion: string;
  readonly slice_kind: string;
  readonly slice: string;
}

export interface AgreementRow extends CriterionSlice {
  readonly scale_min: number;
  readonly scale_max: number;
  readonly n_ratings: number;
  readonly n_responses: number;
  readonly n_groups: number;
  readonly n_raters: number;
  readonly n_blinded: number;
  readonly raw_agreement: number | null;
  readonly kappa: number | null;
  readonly kappa_lower: number | null;
  readonly kappa_upper: number | null;
  readonly ac: number | null;
  readonly alpha: number | null;
  readonly icc: number | null;
  readonly bias: number | null;
  readonly bias_lower: number | null;
  readonly bias_upper: number | null;
  readonly limit_lower: number | null;
  readonly limit_upper: number | null;
  readonly low_at_most: number;
  readonly people_low_share: number | null;
  readonly sensitivity: number | null;
  readonly specificity: number | null;
  readonly n_rater_pairs: number;
  readonly ceiling: number | null;
  readonly ceiling_lower: number | null;
  readonly ceiling_upper: number | null;
}

export interface GradePairRow extends JudgeVersion {
  readonly criterion: string;
  readonly judge_value: number;
  readonly people_value: number;
  readonly n_ratings: number;
}

export interface ValidityRow extends CriterionSlice {
  readonly status: "validated" | "borrowed" | "not validated";
  readonly action: "none" | "warning" | "recalibrate";
  readonly n_groups: number;
  readonly kappa: number | null;
  readonly kappa_lower: number | null;
  readonly kappa_upper: number | null;
  readonly pooled: number | null;
  readonly pooled_lower: number | null;
  readonly pooled_upper: number | null;
  readonly borrowed: number | null;
  readonly target: number;
  readonly floor: number;
  readonly minimum_groups: number;
  readonly false_discovery_rate: number;
}

export interface DriftRow {
  readonly benchmark: string;
  readonly criterion: string;
  readonly kind: "version" | "pool";
  readonly baseline: string;
  readonly period: string;
  readonly change: number | null;
  readonly control_limit: number | null;
  readonly alarm: boolean | null;
  readonly n_groups: number;
  readonly looks: number;
  readonly false_alarm_rate: number;
}

/** What the record of the rating study says on one item of the checklist. */
export interface StudyRow {
  readonly item: string;
  readonly en: string;
  readonly zh: string;
}

export interface CorrectedRow extends JudgeVersion {
  readonly run_id: string;
  readonly system: string;
  readonly track: string;
  readonly board: string;
  readonly pool: string;
  readonly scope: string;
  readonly name: string;
  readonly n_judged: number;
  readonly n_rated: number;
  readonly judge_estimate: number | null;
  readonly judge_lower: number | null;
  readonly judge_upper: number | null;
  readonly estimate: number | null;
  readonly lower: number | null;
  readonly upper: number | null;
  readonly status: string;
  readonly reason: string | null;
}

export interface EffectRow extends JudgeVersion {
  readonly criterion: string;
  readonly effect: string;
  readonly subject: string;
  readonly estimate: number | null;
  readonly lower: number | null;
  readonly upper: number | null;
  readonly holds: boolean | null;
  readonly n_answers: number;
  readonly n_groups: number;
  readonly reason: string | null;
}

/** One text for a judge version, for selectors and comparisons. */
export function versionKey({ benchmark, judge, rubric_version, prompt_hash }: JudgeVersion): string {
  return [benchmark, judge, rubric_version, prompt_hash].filter((part) => part !== "").join(" · ");
}
