import { InputError } from "../../src/lib/errors.js";
import type { ModelRequest } from "./request.js";

/** Price of a million tokens in US dollars. */
export interface Prices {
  readonly promptUsdPerMillion: number;
  readonly completionUsdPerMillion: number;
}

export const free: Prices = { promptUsdPerMillion: 0, completionUsdPerMillion: 0 };

export interface BudgetLimits {
  /** US dollars that may be spent in total, including earlier runs of the journal. Default: no limit. */
  readonly usd?: number;
  /** Requests that may be sent in this run. Default: no limit. */
  readonly requests?: number;
}

export function priceOf(promptTokens: number, completionTokens: number, prices: Prices): number {
  return (
    (promptTokens * prices.promptUsdPerMillion + completionTokens * prices.completionUsdPerMillion) / 1e6
  );
}

/** Expected tokens of a prompt: about 1.5 Chinese or 4 other characters per token. An estimate, not a bound. */
export function expectedPromptTokens({ messages }: Pick<ModelRequest, "messages">): number {
  let wide = 0;
  let narrow = 0;
  for (const { content } of messages) {
    for (let index = 0; index < content.length; index += 1) {
      if (content.charCodeAt(index) >= 0x2e80) wide += 1;
      else narrow += 1;
    }
  }
  return Math.ceil(wide / 1.5 + narrow / 4) + 8 * messages.length;
}

/** Upper bound on the tokens of a prompt: byte-level tokenizers give at most one token per byte, and chat templates add a few. */
export function mostPromptTokens({ messages }: Pick<ModelRequest, "messages">): number {
  return messages.reduce((total, { content }) => total + Buffer.byteLength(content) + 32, 0);
}

/** Money and requests that are left. Requests in flight count at their maximum price until the actual one is known. */
export class Budget {
  readonly #limits: BudgetLimits;
  #usd: number;
  #requests = 0;
  #inFlight = 0;
  #waiting: (() => void)[] = [];

  constructor(limits: BudgetLimits, prices: Prices, spentUsd: number) {
    if (limits.usd !== undefined && prices.promptUsdPerMillion + prices.completionUsdPerMillion === 0) {
      throw new InputError("a budget in US dollars needs the prices of the model's tokens", {
        hint: "Add --price-in and --price-out (US dollars per million tokens), or limit --max-requests instead.",
      });
    }
    this.#limits = limits;
    this.#usd = spentUsd;
  }

  /** Whether no further request may be sent in this run. */
  get isOutOfRequests(): boolean {
    return this.#requests >= (this.#limits.requests ?? Number.POSITIVE_INFINITY);
  }

  /** Reserves `usd` and one request; waits while replies in flight may still return money. False: nothing is left. */
  async take(usd: number): Promise<boolean> {
    while (!this.#fits(usd)) {
      if (this.isOutOfRequests || this.#inFlight === 0) return false;
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
    this.#usd += usd;
    this.#requests += 1;
    this.#inFlight += 1;
    return true;
  }

  /** Replaces the reserved amount with the actual cost. */
  settle(taken: number, usd: number): void {
    this.#usd += usd - taken;
    this.#inFlight -= 1;
    for (const wake of this.#waiting.splice(0)) wake();
  }

  #fits(usd: number): boolean {
    const { usd: limit = Number.POSITIVE_INFINITY, requests = Number.POSITIVE_INFINITY } = this.#limits;
    return this.#usd + usd <= limit && this.#requests < requests;
  }
}
