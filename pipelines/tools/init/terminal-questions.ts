import { createInterface } from "node:readline/promises";
import { InputError } from "../../../src/lib/errors.js";
import type { BenchmarkName } from "./catalogue-text.js";
import type { Proposal } from "./init.js";
import type { OpenQuestion } from "./open-question.js";

/** Asks a person at a terminal. */
export class TerminalQuestions {
  readonly #lines = createInterface({ input: process.stdin, output: process.stderr });
  readonly #describe: (proposal: Proposal) => string;

  constructor(describe: (proposal: Proposal) => string) {
    this.#describe = describe;
  }

  async ask({ text, choices }: OpenQuestion): Promise<string> {
    for (;;) {
      const answer = await this.#line(`${text}${choices === undefined ? "" : ` [${choices.join(" / ")}]`} `);
      if (answer !== "" && (choices === undefined || choices.includes(answer))) return answer;
      process.stderr.write(
        choices === undefined ? "Please write an answer.\n" : `Please choose one of ${choices.join(", ")}.\n`,
      );
    }
  }

  /** Shows what was recognized; lets the person change the names, or stop. */
  async confirm(proposal: Proposal): Promise<BenchmarkName | null> {
    process.stderr.write(this.#describe(proposal));
    const { name } = proposal;
    const en = await this.#line(`Name of the benchmark [${name.en ?? name.zh}]: `);
    const zh = await this.#line(`Chinese name, if it has one [${name.zh ?? "none"}]: `);
    const isRight = await this.#line(`Write ${proposal.mapping} and ${proposal.catalogue}? [Y/n] `);
    if (/^n/i.test(isRight)) return null;
    return { id: name.id, en: en === "" ? name.en : en, zh: zh === "" ? name.zh : zh };
  }

  close(): void {
    this.#lines.close();
  }

  async #line(prompt: string): Promise<string> {
    const ended = new Promise<never>((_, reject) => {
      this.#lines.once("close", () =>
        reject(
          new InputError("the questions were not answered", {
            hint: "Add --yes to take what the files tell.",
          }),
        ),
      );
    });
    return (await Promise.race([this.#lines.question(prompt), ended])).trim();
  }
}
