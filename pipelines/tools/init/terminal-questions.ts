import { createInterface, type Interface } from "node:readline/promises";
import { InputError } from "../../../src/lib/errors.js";
import type { BenchmarkName } from "./catalogue-text.js";
import type { Proposal } from "./init.js";
import type { OpenQuestion } from "./open-question.js";

interface Streams {
  readonly input: NodeJS.ReadableStream;
  readonly output: NodeJS.WritableStream;
}

/** Asks a person at a terminal. */
export class TerminalQuestions {
  readonly #output: NodeJS.WritableStream;
  readonly #lines: Interface;
  readonly #arrived: string[] = [];
  readonly #describe: (proposal: Proposal) => string;
  #isEnded = false;
  #wake: () => void = () => {};

  constructor(
    describe: (proposal: Proposal) => string,
    { input, output }: Streams = { input: process.stdin, output: process.stderr },
  ) {
    this.#describe = describe;
    this.#output = output;
    this.#lines = createInterface({ input, output });
    // Lines that arrive before they are asked for, as from a paste, are kept.
    this.#lines.on("line", (line) => {
      this.#arrived.push(line);
      this.#wake();
    });
    this.#lines.on("close", () => {
      this.#isEnded = true;
      this.#wake();
    });
  }

  async ask({ text, choices, usual, problem }: OpenQuestion): Promise<string> {
    const marked = choices?.map((choice) => (choice === usual ? `${choice} (Enter)` : choice));
    for (;;) {
      const given = await this.#line(`${text}${marked === undefined ? "" : ` [${marked.join(" / ")}]`} `);
      const answer = given === "" && usual !== undefined ? usual : given;
      const wrong =
        choices !== undefined && !choices.includes(answer)
          ? `Please choose one of ${choices.join(", ")}.`
          : answer === ""
            ? "Please write an answer."
            : (problem?.(answer) ?? null);
      if (wrong === null) return answer;
      this.#output.write(`${wrong}\n`);
    }
  }

  /** Shows what was recognized; lets the person change the names, or stop. */
  async confirm(proposal: Proposal): Promise<BenchmarkName | null> {
    this.#output.write(this.#describe(proposal));
    const { name } = proposal;
    const en = await this.#line(`Name of the benchmark [${name.en ?? name.zh}]: `);
    const zh = await this.#line(`Chinese name, if it has one [${name.zh ?? "none"}]: `);
    for (;;) {
      const isRight = await this.#line(`Write ${proposal.mapping} and ${proposal.catalogue}? [Y/n] `);
      if (/^(?:n|no|否|不)$/i.test(isRight)) return null;
      if (/^(?:y|yes|是|好)?$/i.test(isRight))
        return { id: name.id, en: en === "" ? name.en : en, zh: zh === "" ? name.zh : zh };
      this.#output.write("Please answer y or n.\n");
    }
  }

  close(): void {
    this.#lines.close();
  }

  async #line(prompt: string): Promise<string> {
    this.#output.write(prompt);
    while (this.#arrived.length === 0) {
      if (this.#isEnded)
        throw new InputError("the questions were not answered", {
          hint: "Nothing was written. Add --yes to take what the files tell.",
        });
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    return (this.#arrived.shift() as string).trim();
  }
}
