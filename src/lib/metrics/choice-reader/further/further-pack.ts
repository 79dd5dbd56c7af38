/**
 * Phrases of a language that the reader knows only in its common forms. Pattern sources for JavaScript, in lower case and without
 * groups that capture; every phrase is of bounded length, and none begins or ends with a blank.
 */
export interface FurtherPack {
  /** A character, or a word, that shows the language; counted against all letters where it is a class of one character. */
  readonly shownBy: string;
  /** Whether `shownBy` is a class of characters of its script, rather than words. */
  readonly byScript: boolean;
  /** Announces the letter that follows: "the correct answer is". */
  readonly verdict: string;
  /** Announces a letter that is not the answer: "the answer is not". */
  readonly denial: string;
  /** Announces the odd one out: "the incorrect statement is". Counts where nothing else does. */
  readonly exception: string;
  /** Words between an announcement and its letter: "option". */
  readonly noun: string;
  /** Directly after a letter: declares it the answer. */
  readonly praise: string;
  /** Directly after a letter: declares that it is not. */
  readonly rejection: string;
  /** In the same sentence: a condition, or another question. */
  readonly hedge: string;
  /** In the same clause: a mere possibility, or what others answer. */
  readonly perhaps: string;
  /** Directly after a letter that is not the answer: leads to the one that is. */
  readonly but: string;
  /** Joins letters. */
  readonly joiner: string;
  /** Can follow a letter that is a word as well ("A", "E", "O", "I"): "because". Only in Latin script. */
  readonly connective: string;
  /** Declines to answer. */
  readonly refusal: string;
}
