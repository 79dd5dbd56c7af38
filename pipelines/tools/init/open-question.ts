/** Something that the files do not tell: it is asked at a terminal, taken from its default with --yes, or refused with what to write. */
export interface OpenQuestion {
  /** Under this name an answer is kept. */
  readonly id: string;
  readonly text: string;
  /** Possible answers, where there is a list. */
  readonly choices?: readonly string[];
  /** The answer if nobody is asked, and if a person only presses Enter; without one, it has to be answered. */
  readonly usual?: string;
  /** What is wrong with an answer; null if nothing is. */
  readonly problem?: (answer: string) => string | null;
  /** What the option is that gives the answer in the command line. */
  readonly option: string;
}

/** Stops planning until a question is answered. */
export class NeedAnswer extends Error {
  readonly question: OpenQuestion;

  constructor(question: OpenQuestion) {
    super(question.text);
    this.question = question;
  }
}

/** What the user stated or answered. */
export interface Answers {
  /** The answer under an id; asking for it means that it has an effect. */
  readonly get: (id: string) => string | undefined;
}

/** The answer to a question, or a stop that asks it. */
export function answerTo(answers: Answers, question: OpenQuestion): string {
  const given = answers.get(question.id);
  if (given === undefined) throw new NeedAnswer(question);
  return given;
}
