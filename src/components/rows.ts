import type { Catalogue } from "../lib/catalogue/schema.js";
import type { SpecialtyEntry } from "../lib/catalogue/taxonomy.js";

/** Rows of the released tables, as far as pages use them; the data dictionary of the release describes all columns. */

/** One system on one pool of items through one board. */
export interface SystemRow {
  readonly run_id: string;
  readonly system: string;
  readonly kind: string;
  readonly benchmark: string;
  readonly family: string | null;
  readonly organisation: string | null;
  readonly access: string | null;
  readonly parameters: number | null;
  readonly track: string;
  readonly board: string;
  readonly pool: string;
  readonly temperature: number | null;
  readonly max_tokens: number | null;
  readonly context: number | null;
  readonly scaffold: string | null;
  readonly backbone: string | null;
  readonly submitted_at: string | null;
}

interface RunColumns {
  readonly run_id: string;
  readonly benchmark: string;
  readonly system: string;
  readonly pool: string;
  readonly board: string;
  readonly track: string;
}

/** Shares are 0 to 1; null = undefined or withheld. */
interface EstimateColumns {
  /** What the gate decided on the figure: `withhold` = its values are null for that reason. */
  readonly publication?: string;
  readonly estimate: number | null;
  readonly lower: number | null;
  readonly upper: number | null;
  readonly interval_method: string | null;
  readonly worst: number | null;
  readonly best: number | null;
  readonly n_items: number;
  readonly n_groups: number;
  readonly n_expected: number;
  readonly n_scored: number;
  readonly identity: string;
}

export interface OverallRow extends RunColumns, EstimateColumns {
  /** With the judge's error taken in; null without ratings. */
  readonly corrected?: number | null;
  readonly corrected_lower?: number | null;
  readonly corrected_upper?: number | null;
  readonly board_value: number | null;
  readonly mean_over_submitted: number | null;
  readonly n_tasks: number;
  readonly n_tasks_scored: number;
  readonly status: string;
}

export interface DimensionRow extends OverallRow {
  readonly dimension: string;
}

/** Place of a run in a composite among the runs that it may be compared with. */
export interface RankRow extends RunColumns {
  readonly scope: "overall" | "dimension";
  readonly name: string;
  readonly basis: "as_scored" | "corrected";
  readonly rank: number | null;
  readonly rank_best: number | null;
  readonly rank_worst: number | null;
  readonly n_ranked: number;
  readonly reason: string | null;
}

/** Two runs in a composite, the higher score first. */
export interface ComparisonRow extends RunColumns {
  readonly other_run_id: string;
  readonly other_system: string;
  readonly scope: "overall" | "dimension";
  readonly name: string;
  readonly basis: "as_scored" | "corrected";
  readonly difference: number;
  readonly lower: number | null;
  readonly upper: number | null;
  readonly p_holm: number | null;
  readonly is_ordered: boolean;
  readonly n_shared_groups: number;
}

export interface TaskRow extends RunColumns, EstimateColumns {
  readonly dataset: string;
  readonly dimension: string;
  readonly metric: string;
  readonly board_value: number | null;
  readonly status: string;
}

export interface SpecialtyRow extends RunColumns, EstimateColumns {
  readonly level: string;
  readonly specialty: string;
  readonly thin: boolean;
}

/** The right of one figure to be published. */
export interface GateRow extends RunColumns {
  readonly scope: string;
  readonly name: string;
  readonly decision: string;
  readonly rule: string;
  readonly measured: number | null;
  readonly threshold: number | null;
  readonly judge_share: number;
  readonly unvalidated_share: number;
  /** Slices to blame, as `specialty:13|dataset:MedTerm`. */
  readonly slices: string;
  readonly lift: string | null;
  readonly lift_items: number | null;
}

export interface CoverageRow {
  readonly benchmark: string;
  readonly pool: string;
  readonly level: string;
  /** '' = items without a specialty. */
  readonly specialty: string;
  readonly n_items: number;
  readonly n_groups: number;
  readonly n_datasets: number;
}

export interface DistributionRow extends RunColumns {
  readonly dataset: string;
  readonly group_score: number;
  readonly n_groups: number;
}

export interface OutcomeRow {
  readonly run_id: string;
  readonly dataset: string;
  readonly outcome: string;
  readonly policy: string;
  readonly n: number;
}

export interface ReadingRow extends RunColumns {
  readonly dataset: string;
  readonly n_responses: number;
  readonly n_differ: number;
  readonly source_accuracy: number;
  readonly our_accuracy: number;
}

export interface SourceFileRow {
  readonly source: string;
  readonly file: string;
  readonly role: string;
  readonly bytes: number;
  readonly rows_in: number;
  readonly rows_out: number;
  readonly rows_quarantined: number;
}

export interface QuarantineRow {
  readonly source: string;
  readonly file: string;
  readonly reason: string;
  readonly n: number;
}

export interface CatalogueDocument {
  readonly benchmarks: readonly Catalogue[];
}

export type TaxonomyDocument = readonly SpecialtyEntry[];

export type DictionaryDocument = Readonly<
  Record<
    string,
    {
      readonly grain: string;
      readonly columns: Readonly<Record<string, { readonly type: string; readonly meaning: string }>>;
    }
  >
>;
