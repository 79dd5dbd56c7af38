/** Phrases of one language for the rules: pattern sources, valid in JavaScript and in RE2, without capturing groups. */
export interface LanguagePack {
  /** Announces the letter that follows, such as "the correct answer is". */
  readonly verdict: string;
  /** Rarer ones, which only the slower rules look for. */
  readonly verdictToo?: string;
  /** Looks like a verdict but is not one ("the answer is not"): skipped together with the letter after it. */
  readonly denial: string;
  /** Rarer ones, which only the slower rules look for. */
  readonly denialToo?: string;
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
  /** Names an option, behind its letter: "B选项". */
  readonly nounBehind?: string;
  /** Joins the letters of a list without blanks: "A和C". */
  readonly joinerTight?: string;
  /** Makes the letter before it part of a term: "B超". */
  readonly term?: string;
  /** Right behind a letter that names a person or a thing of the case, and no option: "A公司". */
  readonly thing?: string;
  /** Gives an answer in everyday words, right before a letter that ends its clause: "I think". */
  readonly casual?: string;
  /** The same, right behind the letter: "it is". */
  readonly casualBehind?: string;
  /** Right before a list of letters of which one is chosen ("among A and B"). */
  readonly amidBefore?: string;
  /** Right behind such a list: "A、B中". */
  readonly amidBehind?: string;
  /** Opens a condition, under which a verdict is none: "if the patient were a child". */
  readonly hypothesis?: string;
  /** Reports what others answer or warns of it: "many students choose". */
  readonly hearsay?: string;
  /** Sets what follows against what others answer: "but". */
  readonly contrast?: string;
  /** Turns to another question: "in the previous question". */
  readonly elsewhere?: string;
  /** Turns back to this question: "in this case". */
  readonly here?: string;
  /** Opens a reason for the choice before it: "because". */
  readonly reason?: string;
  /** Opens the sentence that concludes: "therefore". */
  readonly conclusion?: string;
  /** Judges an option wrong, where `rejection` also has plain negations: "is incorrect". */
  readonly wrong?: string;
  /** Behind the option that is set apart from all others: "外，其余". */
  readonly exclusion?: string;
  /** Says something of all other options: "the others are". */
  readonly rest?: string;
  /** Makes a condition none: "if I have to choose". */
  readonly forced?: string;
  /** Ends the clause that an option's text completes, where the copula does not: "见于". */
  readonly optionBefore?: string;
  /** The sentence says what the question asks for, before the option that completes it: "the most likely cause". */
  readonly superlative?: string;
  /** Opens a list of all other options: "other drugs such as". */
  readonly others?: string;
  /** Announces the statements that are true: no answer where the question asks for the false one. */
  readonly trueStatement?: string;
  /** Announces the false ones: the answer to such a question, and none to others. */
  readonly falseStatement?: string;
  /** Before an announcement in its clause: it is doubted, denied or another's ("I doubt"). */
  readonly disowning?: string;
  /** Right behind the announced letter: the announcement is doubted or denied ("is wrong"). */
  readonly disowned?: string;
  /** Opens a sentence that corrects the answer before it: "correction". */
  readonly correction?: string;
  /** Right before an option's text: it is turned down or only mentioned ("avoid", "allergic to"). */
  readonly optionRejected?: string;
  /** Right behind an option's text: it is turned down ("is contraindicated"). */
  readonly optionFails?: string;
  /** Between two options' texts: the second one is set apart from the first, and not a second answer ("rather than"). */
  readonly apart?: string;
  /** Between two options' texts: the second one replaces the first ("but rather"). */
  readonly turned?: string;
  /** Opens a statement about another time or the opposite case: "over time", "conversely". */
  readonly aside?: string;
  /** Says that no option is what the question asks for. */
  readonly noneFits?: string;
  /** Says that several options are right without naming them. */
  readonly several?: string;
}
