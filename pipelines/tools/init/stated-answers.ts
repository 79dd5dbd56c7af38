import { InputError } from "../../../src/lib/errors.js";
import type { Answers } from "./open-question.js";

/** What the user stated as options and answered to questions; knows which of it had an effect. */
export class StatedAnswers implements Answers {
  readonly #given: Map<string, string>;
  readonly #stated: ReadonlySet<string>;
  readonly #used = new Set<string>();

  constructor(stated: ReadonlyMap<string, string>) {
    this.#given = new Map(stated);
    this.#stated = new Set(stated.keys());
  }

  get(id: string): string | undefined {
    this.#used.add(id);
    return this.#given.get(id);
  }

  answer(id: string, answer: string): void {
    this.#given.set(id, answer);
  }

  /** @throws InputError if an option of the command line changed nothing */
  requireAllUsed(): void {
    for (const id of this.#stated) {
      if (this.#used.has(id)) continue;
      const { option, why } = unused[id] ?? { option: `--${id}`, why: "nothing in the files needs it" };
      throw new InputError(`${option} ${this.#given.get(id)} has no effect: ${why}`, {
        hint: "Leave the option out, or say what the columns are: --column ROLE=COLUMN.",
      });
    }
  }
}

/** Why an option has no effect. */
const unused: Readonly<Record<string, { readonly option: string; readonly why: string }>> = {
  system: {
    option: "--system",
    why: "columns, names of files or the log itself name the systems, or no file has answers",
  },
  dataset: { option: "--dataset", why: "no row needs it" },
  scale: {
    option: "--scale",
    why: "no scores or grades of the files count: answers are compared with right answers, or there are none",
  },
  "first option": {
    option: "--first-option",
    why: "right answers are not positions among options that are known",
  },
  grades: {
    option: "--grades",
    why: "no column has grades of which it is open who gave them",
  },
  repeats: { option: "--repeats", why: "no two rows are about the same question and system" },
  decimal: { option: "--decimal", why: "no column of scores or grades is read as numbers" },
};
