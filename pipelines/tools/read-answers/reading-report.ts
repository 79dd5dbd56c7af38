import type { Expected } from "./answer-lines.js";

/** How a reading compares with what a person reads: `unread` is a letter that was not found, `wrong` any other difference. */
export type Result = "right" | "wrong" | "unread";

/** `expected` null: the response gives no letter, so it is right to read none. */
export function resultOf(answer: string | null, expected: Expected): Result {
  if (answer === expected) return "right";
  return answer === null ? "unread" : "wrong";
}

export interface RuleCounts {
  /** The rule that read the letter, or the status where no letter was read; "all" for the total. */
  readonly rule: string;
  readonly responses: number;
  /** Responses that a person has read. */
  readonly labeled: number;
  readonly right: number;
  readonly wrong: number;
  readonly unread: number;
}

const nothing = { responses: 0, labeled: 0, right: 0, wrong: 0, unread: 0 };

/** Counts of right, wrong and unread responses by rule. */
export class ReadingReport {
  readonly #rules = new Map<string, typeof nothing>();
  readonly #total = { ...nothing };
  #answered = 0;

  /** @param result null for a response that nobody has read */
  add(
    rule: string,
    { answered, result }: { readonly answered: boolean; readonly result: Result | null },
  ): void {
    const counts = this.#rules.get(rule) ?? { ...nothing };
    this.#rules.set(rule, counts);
    if (answered) this.#answered += 1;
    for (const sum of [counts, this.#total]) {
      sum.responses += 1;
      if (result === null) continue;
      sum.labeled += 1;
      sum[result] += 1;
    }
  }

  /** By rule, the commonest first. */
  get rules(): readonly RuleCounts[] {
    return [...this.#rules]
      .map(([rule, counts]) => ({ rule, ...counts }))
      .sort((a, b) => b.responses - a.responses || (a.rule < b.rule ? -1 : 1));
  }

  get total(): RuleCounts {
    return { rule: "all", ...this.#total };
  }

  /** One line: how many responses have a letter, how many of the labeled ones are right, and the rules. */
  get summary(): string {
    const { responses, labeled, right, wrong, unread } = this.#total;
    const compared =
      labeled === 0
        ? ""
        : `; of ${labeled} with an expected answer ${right} right, ${wrong} wrong, ${unread} unread`;
    const byRule = this.rules.map(({ rule, responses: count }) => `${rule} ${count}`).join(", ");
    return `read ${this.#answered} of ${responses} responses${compared}${byRule === "" ? "" : `: ${byRule}`}`;
  }
}
