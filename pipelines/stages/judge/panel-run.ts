import { InputError, WorkbenchError } from "../../../src/lib/errors.js";
import { type BudgetLimits, free, type Prices } from "../../asking/budget.js";
import { Journal } from "../../asking/journal.js";
import { judgeJournalPath } from "../../judging/judge-files.js";
import { type JudgeOptions, type JudgeOutcome, runJudge } from "./judge.js";

/** One judge of a panel, with what differs from the others. */
export type PanelJudge = Pick<JudgeOptions, "model" | "source"> & {
  readonly name: string;
} & Partial<Pick<JudgeOptions, "prices" | "concurrency" | "limits">>;

export type PanelOptions = Omit<JudgeOptions, "model" | "name" | "source">;

/**
 * Asks the judges of a panel one after the other, each with a journal of its own; money and requests of the budget are for
 * all of them together. A judge that cannot continue (wrong key, unknown model) does not stop the others.
 *
 * @param onOutcome called after each judge
 * @throws InputError if there is a budget in US dollars and a judge has no prices
 * @throws WorkbenchError naming the judges that could not continue, after the others have ended
 */
export async function runPanel(
  judges: readonly PanelJudge[],
  options: PanelOptions,
  onOutcome: (outcome: JudgeOutcome) => void,
): Promise<void> {
  const budget = new PanelBudget(judges, options);
  const failures: { readonly name: string; readonly error: WorkbenchError }[] = [];
  for (const judge of judges) {
    try {
      const outcome = await runJudge({ ...options, ...judge, budget: await budget.limitsFor(judge) });
      budget.settle(outcome);
      onOutcome(outcome);
    } catch (error) {
      if (!(error instanceof WorkbenchError) || judges.length === 1) throw error;
      failures.push({ name: judge.name, error });
    }
  }
  const [first] = failures;
  if (first === undefined) return;
  throw new WorkbenchError(
    `judge: ${failures.length} of ${judges.length} judges could not continue: ${failures.map(({ name, error }) => `${name} (${error.message})`).join("; ")}`,
    { cause: first.error, ...(first.error.hint === undefined ? {} : { hint: first.error.hint }) },
  );
}

/** What the panel may still spend: the spending of all its judges counts, whichever is asked next. */
class PanelBudget {
  readonly #judges: readonly PanelJudge[];
  readonly #options: PanelOptions;
  #callsLeft: number | null;

  constructor(judges: readonly PanelJudge[], options: PanelOptions) {
    this.#judges = judges;
    this.#options = options;
    this.#callsLeft = options.budget?.requests ?? null;
    const unpriced = judges.find((judge) => this.#pricesOf(judge) === undefined);
    if (options.budget?.usd !== undefined && unpriced !== undefined) {
      throw new InputError(
        `judge ${unpriced.name}: a budget in US dollars needs the prices of the model's tokens`,
        {
          hint: "Add --price-in and --price-out (or priceIn and priceOut in the --judges file; 0 where nothing is charged), or limit --max-requests instead.",
        },
      );
    }
  }

  async limitsFor(judge: PanelJudge): Promise<BudgetLimits> {
    const usd = this.#options.budget?.usd;
    const { promptUsdPerMillion, completionUsdPerMillion } = this.#pricesOf(judge) ?? free;
    const isFree = promptUsdPerMillion + completionUsdPerMillion === 0;
    return {
      ...(usd === undefined || isFree ? {} : { usd: usd - (await this.#spentByOthers(judge)) }),
      ...(this.#callsLeft === null ? {} : { requests: this.#callsLeft }),
    };
  }

  settle({ work }: JudgeOutcome): void {
    const used = Number(work["calls"] ?? work["requests"] ?? 0);
    if (this.#callsLeft !== null) this.#callsLeft = Math.max(0, this.#callsLeft - used);
  }

  #pricesOf(judge: PanelJudge): Prices | undefined {
    return judge.prices ?? this.#options.prices;
  }

  async #spentByOthers({ name }: PanelJudge): Promise<number> {
    let usd = 0;
    for (const other of this.#judges) {
      if (other.name === name) continue;
      const journal = Journal.read(judgeJournalPath(this.#options.workspace, other.name));
      usd += journal.spentUsd;
      await journal.close();
    }
    return usd;
  }
}
