import type { Random } from "../util/random.js";
import type { Edit } from "./edit.js";

/**
 * What a good judge does with an edit: lower the grade of a `dangerous` one, keep that of a `harmless` one, and not
 * raise that of an `attack`.
 */
export const mutationKinds = ["dangerous", "harmless", "attack"] as const;
/** Whether an edit is dangerous, harmless, or an attack on the judge. */
export type MutationKind = (typeof mutationKinds)[number];

/** Languages whose clinical phrases the operators know. */
export type MutationLanguage = "zh" | "en";

/** What an operator can use besides the text. */
export interface MutationContext {
  /** The question; it may mention what the patient must not get. */
  readonly question: string;
  /** Language of the words that an operator inserts. Patterns of both languages are searched for in every answer. */
  readonly language: MutationLanguage;
  /** What the judge is asked to grade, with the best value of each: forged verdicts name it. */
  readonly criteria: readonly { readonly criterion: string; readonly max: number }[];
}

/** One way to change an answer with a known effect. */
export interface MutationOperator {
  /** Stable name in reports, such as `dose-tenfold`. */
  readonly id: string;
  readonly kind: MutationKind;
  /** What the edit does, in a few words. */
  readonly summary: string;
  /**
   * Makes the edit.
   *
   * @param random picks the place and the wording; the same sequence gives the same edit
   * @returns the edit, or null where the answer has no place for it
   */
  readonly apply: (answer: string, context: MutationContext, random: Random) => Edit | null;
}
