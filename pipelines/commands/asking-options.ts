import { type Command, Option } from "commander";
import { InputError } from "../../src/lib/errors.js";
import type { BudgetLimits, Prices } from "../asking/budget.js";
import { type ReplyFormat, replyFormats } from "../asking/chat-body.js";
import type { RateLimits } from "../asking/rate-gate.js";
import { dollars, wholeNumber } from "../terminal/arguments.js";

/** Options of every command that asks a judge: how fast, and for how much. */
export interface AskingFlags {
  readonly concurrency: number;
  readonly requestsPerMinute?: number;
  readonly tokensPerMinute?: number;
  readonly priceIn?: number;
  readonly priceOut?: number;
  readonly budget?: number;
  readonly maxRequests?: number;
  readonly timeoutS: number;
  readonly format: ReplyFormat | "auto";
}

export function addAskingOptions(command: Command): Command {
  return command
    .option("--concurrency <n>", "requests in flight", wholeNumber(1), 8)
    .option("--requests-per-minute <n>", "limit on requests per minute", wholeNumber(1))
    .option("--tokens-per-minute <n>", "limit on tokens per minute", wholeNumber(1))
    .option("--price-in <usd>", "US dollars per million prompt tokens", dollars)
    .option("--price-out <usd>", "US dollars per million generated tokens", dollars)
    .option("--budget <usd>", "stop before the cost exceeds this, earlier runs included", dollars)
    .option("--max-requests <n>", "stop after this number of requests", wholeNumber())
    .option("--timeout-s <s>", "seconds to wait for a reply", wholeNumber(1), 120)
    .addOption(
      new Option("--format <format>", "how to ask for a structured reply")
        .choices(["auto", ...replyFormats])
        .default("auto"),
    );
}

export interface Asking {
  readonly concurrency: number;
  readonly limits: RateLimits;
  readonly budget: BudgetLimits;
  /** Missing where no price was given. */
  readonly prices?: Prices;
}

export function askingOf(flags: AskingFlags): Asking {
  const { concurrency, budget, maxRequests } = flags;
  const prices = pricesOf(flags);
  return {
    concurrency,
    limits: limitsOf(flags),
    budget: {
      ...(budget === undefined ? {} : { usd: budget }),
      ...(maxRequests === undefined ? {} : { requests: maxRequests }),
    },
    ...(prices === undefined ? {} : { prices }),
  };
}

type Maybe<T> = { readonly [K in keyof T]?: T[K] | undefined };

export function pricesOf({
  priceIn,
  priceOut,
}: Maybe<Pick<AskingFlags, "priceIn" | "priceOut">>): Prices | undefined {
  if (priceIn === undefined && priceOut === undefined) return undefined;
  return { promptUsdPerMillion: priceIn ?? 0, completionUsdPerMillion: priceOut ?? 0 };
}

export function limitsOf({
  requestsPerMinute,
  tokensPerMinute,
}: Maybe<Pick<AskingFlags, "requestsPerMinute" | "tokensPerMinute">>): RateLimits {
  return { ...(requestsPerMinute && { requestsPerMinute }), ...(tokensPerMinute && { tokensPerMinute }) };
}

/** Address of the server: the option, else the environment. */
export function baseUrlOf(command: string, baseUrl: string | undefined, hint: string): string {
  const url = baseUrl ?? process.env["MEDBENCH_JUDGE_BASE_URL"];
  if (url === undefined) throw new InputError(`${command}: no server given`, { hint });
  return url;
}
