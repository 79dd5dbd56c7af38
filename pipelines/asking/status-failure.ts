import type { APIError } from "openai";
import { closestNames, didYouMean } from "../../src/lib/util/known-names.js";
import { ModelCallError } from "./call-error.js";
import { hintOfVersion, servedModels } from "./served-models.js";
import { describeText, isWebPage } from "./web-page.js";

/** The server that was asked, for messages about it. */
export interface AskedServer {
  readonly model: string;
  readonly baseUrl: string;
  readonly apiKey: string;
  /** Environment variable of the key. */
  readonly keyFrom: string;
}

/** The error for a reply with an HTTP status that is no success. */
export async function statusFailure(
  error: APIError,
  status: number,
  said: (text: string) => string,
  server: AskedServer,
): Promise<ModelCallError> {
  if (status === 401 || status === 403) return refusedKey(status, said, server);
  const message = said(`HTTP ${status}${quoted(error, server.apiKey)}`);
  if (status === 404) {
    return new ModelCallError(message, { scope: "all", mayBePaid: false, hint: await unknownPlace(server) });
  }
  if (error.code === "insufficient_quota") {
    return new ModelCallError(message, {
      scope: "all",
      mayBePaid: false,
      hint: `The account of the key in ${server.keyFrom} has no quota left: add credit, or use another key.`,
    });
  }
  const retryAfterMs = retryAfter(error.headers);
  if (status === 408 || status === 409 || status === 429 || status >= 500) {
    return new ModelCallError(message, {
      scope: "retry",
      mayBePaid: false,
      hint:
        status === 429
          ? "The server limits requests: lower --requests-per-minute, --tokens-per-minute or --concurrency, or try again later."
          : isWebPage(bodyOf(error))
            ? "A web page comes from a proxy or another program in front of the server: check --base-url, and whether the server behind it runs."
            : "Look at the log of the server.",
      ...(retryAfterMs === null ? {} : { retryAfterMs }),
    });
  }
  return new ModelCallError(message, {
    scope: "item",
    mayBePaid: false,
    hint: "The server refuses the request itself: the model may not know one of its settings (try --format text), or the prompt is too long for it.",
  });
}

/** What the server says about the key stays out of the message, because it may repeat the key. */
function refusedKey(
  status: number,
  said: (text: string) => string,
  { keyFrom, apiKey }: AskedServer,
): ModelCallError {
  const meaning = status === 401 ? "the server does not accept the key" : "the key may not do this";
  return new ModelCallError(said(`HTTP ${status}: ${meaning}`), {
    scope: "all",
    mayBePaid: false,
    hint:
      apiKey === "none"
        ? `The environment variable ${keyFrom} is not set: set it to the key of this server.`
        : `Check the key in ${keyFrom} and what it may do.`,
  });
}

/** What to do about a 404: a model that the server does not list, or an address without the API. */
async function unknownPlace({ model, baseUrl, apiKey }: AskedServer): Promise<string> {
  const served = await servedModels(baseUrl, apiKey);
  if (served !== null && !served.models.includes(model)) return otherModels(model, served.models);
  if (served !== null)
    return "The server lists the model, but has no chat completions at this address: check --base-url.";
  return (
    (await hintOfVersion(baseUrl, apiKey)) ??
    "Check --base-url and --model: the server does not know one of them. The address of the API usually ends in /v1."
  );
}

function otherModels(model: string, models: readonly string[]): string {
  if (models.length === 0) return "The server lists no models: load one, then run the same command again.";
  const meant = didYouMean(closestNames(model, models));
  const more = models.length > 20 ? ` and ${models.length - 20} more` : "";
  return `${meant === null ? "" : `${meant} `}The server lists these models: ${models.slice(0, 20).join(", ")}${more}. Choose one with --model.`;
}

/** The body of a reply, where it is no JSON. */
const bodyOf = ({ message }: APIError): string => message.replace(/^\d{3} /, "");

/** What the server says, shortened; nothing if it may contain a part of the key. */
function quoted(failure: APIError, apiKey: string): string {
  const stated = (failure.error as { message?: unknown } | undefined)?.message;
  const text = (typeof stated === "string" ? stated : bodyOf(failure)).replace(/\s+/g, " ").trim();
  if (isWebPage(text)) return ` with ${describeText(text)}`;
  const isAboutKey =
    /bearer|api[ _-]?key|\bsk-/i.test(text) || partsOf(apiKey).some((part) => text.includes(part));
  const isEmpty = text === "" || text === "status code (no body)" || text.startsWith("<");
  return isEmpty || isAboutKey
    ? ""
    : ` (the server says: ${text.slice(0, 200)}${text.length > 200 ? "…" : ""})`;
}

/** All parts of a key that would help to guess it. */
function partsOf(apiKey: string): string[] {
  const length = 6;
  if (apiKey === "none") return [];
  return Array.from({ length: Math.max(1, apiKey.length - length + 1) }, (_, at) =>
    apiKey.slice(at, at + length),
  );
}

/** Retry-After in milliseconds: seconds or a date; null if the server gave none. */
export function retryAfter(headers: Headers | undefined, now: number = Date.now()): number | null {
  const exact = headers?.get("retry-after-ms");
  if (exact && Number.isFinite(Number(exact))) return Math.max(0, Number(exact));
  const text = headers?.get("retry-after");
  if (!text) return null;
  const seconds = Number(text);
  if (Number.isFinite(seconds)) return Math.max(0, seconds * 1000);
  const date = Date.parse(text);
  return Number.isNaN(date) ? null : Math.max(0, date - now);
}
