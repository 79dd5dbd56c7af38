/** Phrases of one language for the rules: pattern sources, valid in JavaScript and in RE2, without capturing groups. */
export interface LanguagePack {
  /** Announces the letter that follows, such as "the correct answer is". */
  readonly verdict: string;
  /** Looks like a verdict but is not one ("the answer is not"): skipped together with the letter after it. */
  readonly denial: string;
  /** Words between verdict and letter: "the", "letter", "option". */
  readonly between: string;
  /** Names an option, before its letter: "option C". */
  readonly noun: string;
  /** Declares the option before it correct: "is the correct answer". */
  readonly praise: string;
  /** Announces the odd one out of a negative stem: "the incorrect statement is". */
  readonly exception: string;
  /** Ends the clause that the option completes: "is". */
  readonly copula: string;
  /** Declares the option before it wrong. */
  readonly rejection: string;
  /** Rules out the option after it: "not". */
  readonly negation: string;
  /** Joins the letters of a list: "and". */
  readonly joiner: string;
  /** Can follow the letter A where an article could not: "because". */
  readonly connective: string;
  /** Opens a response that declines to answer. */
  readonly refusal: string;
}
