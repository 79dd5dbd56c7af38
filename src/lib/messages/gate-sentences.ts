import type { GateDecision, GateRule } from "../publication/gate.js";

/** The columns of `gates` from which a reason is built: `rule` is its code, the others its parameters. */
export interface GateFacts {
  readonly decision: GateDecision;
  readonly rule: GateRule;
  readonly measured: number | null;
  readonly threshold: number | null;
  /** Slices where the judge is not validated, as `specialty:13|dataset:MedTerm`. */
  readonly slices: string;
  readonly lift: "rate_more" | "recalibrate" | null;
  readonly lift_items: number | null;
}

/** The sentences of a language about what may be published. Shares come as text, such as "12.5%". */
export interface GateSentences {
  readonly rules: { readonly [Rule in GateRule]: (share: string) => string };
  readonly limit: (share: string) => string;
  readonly because: (slices: string) => string;
  /** The first names of a list, and the number of the others. */
  readonly list: (names: readonly string[], more: number) => string;
  readonly lifts: { readonly rate_more: (items: number) => string; readonly recalibrate: () => string };
  /** A slice that is a criterion: key points that the judge matched. */
  readonly keyPoints: string;
  readonly noSpecialty: string;
  readonly semicolon: string;
}
