import { InputError } from "../../../src/lib/errors.js";
import {
  type ReadChoiceOptions,
  type ReadingStatus,
  readChoice,
} from "../../../src/lib/metrics/choice-reader.js";
import { type Expected, readAnswerLines, readExpected } from "./answer-lines.js";
import { placeOf } from "./evidence-place.js";
import { ReadingReport, type Result, resultOf } from "./reading-report.js";

/** What was read in one response. */
export interface ReadAnswer {
  readonly id: string | number;
  /** The letter, or the letters in order; null where none was read. */
  readonly answer: string | null;
  /** The rule that read it; the status if no letter was read. */
  readonly read_by: string;
  readonly status: ReadingStatus;
  /**
   * Where the answer is: words of the response, and their range in UTF-16 units of the text as received. `start` and `end` are
   * null, and the words without markdown, where the reader's words are not in the response word by word.
   */
  readonly evidence: {
    readonly text: string;
    readonly start: number | null;
    readonly end: number | null;
  } | null;
  /** Only where a person read the response, like `result`. */
  readonly expected?: Expected;
  readonly result?: Result;
}

export interface ReadAnswersOptions extends Omit<ReadChoiceOptions, "question"> {
  /** A file with what people read, by id. */
  readonly expected?: string | undefined;
}

/**
 * Reads every response of a file, hands each to `print`, and counts them by rule.
 *
 * @throws InputError with file and line for a line that is no response, and for labels without a response
 */
export async function readAnswers(
  file: string,
  { expected: labelFile, ...settings }: ReadAnswersOptions,
  print: (row: ReadAnswer) => void,
): Promise<ReadingReport> {
  const labels = labelFile === undefined ? null : await readExpected(labelFile);
  const missed = new Set(labels?.keys());
  const report = new ReadingReport();
  for await (const line of readAnswerLines(file)) {
    missed.delete(line.id);
    const { answer, readBy, status, evidence } = readChoice(line.text, line.options, {
      ...settings,
      question: line.question,
    });
    const read = {
      id: line.id,
      answer,
      read_by: answer === null ? status : readBy,
      status,
      evidence: evidence === null ? null : asReceived(line.text, evidence),
    };
    const expected = labels === null ? line.expected : labels.get(line.id);
    const result = expected === undefined ? null : resultOf(answer, expected);
    report.add(read.read_by, { answered: answer !== null, result });
    print(expected === undefined || result === null ? read : { ...read, expected, result });
  }
  if (missed.size > 0) {
    const ids = [...missed].slice(0, 3).map((id) => JSON.stringify(id));
    throw new InputError(
      `${labelFile}: no response in ${file} has the id ${ids.join(", ")}${missed.size > 3 ? ` (and ${missed.size - 3} more)` : ""}`,
      { hint: 'The ids of both files have to be equal; the text "1" is not the number 1.' },
    );
  }
  return report;
}

/** The words as the response has them; without a place, as the reader has cleaned them. */
function asReceived(text: string, words: string): NonNullable<ReadAnswer["evidence"]> {
  const place = placeOf(text, words);
  return place === null
    ? { text: words, start: null, end: null }
    : { text: text.slice(place.start, place.end), ...place };
}
