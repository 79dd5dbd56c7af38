import { once } from "node:events";
import { createReadStream } from "node:fs";
import { InputError } from "../../src/lib/errors.js";

/** What a line of a batch's output says about one request. */
export interface BatchLine {
  readonly line: number;
  /** Hash of the request; null where the line names none. */
  readonly hash: string | null;
  /** The reply; null where there is none to take. */
  readonly text: string | null;
  readonly promptTokens: number | null;
  readonly completionTokens: number | null;
  /** Why the line gives no reply; null where it does. */
  readonly problem: string | null;
}

/**
 * Lines of an output or error file of a batch, in OpenAI's form: `{"custom_id", "response": {"status_code", "body"}}`. Servers
 * differ where a request failed, so a line that is anything else costs its own request and says why.
 *
 * @throws InputError if the file cannot be read or no line of it is batch output
 */
export async function* batchLines(file: string): AsyncGenerator<BatchLine> {
  const stream = createReadStream(file, "utf8");
  await once(stream, "open").catch((cause) => {
    throw new InputError(`--batch-in ${file} cannot be read`, { hint: "Check the path.", cause });
  });
  let [number, first, isOutput] = [0, "", false];
  for await (const text of linesOf(stream)) {
    number += 1;
    const content = number === 1 ? text.replace(/^\ufeff/, "") : text;
    if (content.trim() === "") continue;
    const found = { line: number, ...readLine(content) };
    if (found.problem === notOutput && first === "") first = `${file} line ${number}`;
    isOutput ||= found.problem !== notOutput;
    yield found;
  }
  if (first !== "" && !isOutput) {
    throw new InputError(`${first}: not a line of a batch output, and no other line of the file is one`, {
      hint: "Give the output file of the batch (lines with custom_id and response), not its input.",
    });
  }
}

/** Not `node:readline`, which also ends lines at U+2028, and replies may contain that. */
async function* linesOf(stream: AsyncIterable<string>): AsyncGenerator<string> {
  let rest = "";
  for await (const chunk of stream) {
    const lines = (rest + chunk).split("\n");
    rest = lines.pop() as string;
    yield* lines;
  }
  if (rest !== "") yield rest;
}

const notOutput = "not a line of a batch output";
type Read = Omit<BatchLine, "line">;
type Fields = Readonly<Record<string, unknown>>;

function readLine(content: string): Read {
  let value: unknown;
  try {
    value = JSON.parse(content);
  } catch {
    return failed(null, "not JSON");
  }
  const fields = fieldsOf(value);
  const hash = typeof fields["custom_id"] === "string" ? fields["custom_id"] : null;
  const hasResult = ["response", "error", "result"].some((name) => name in fields);
  if (hash === null || !hasResult) return failed(hash, notOutput);
  const response = fieldsOf(fields["response"]);
  const body = fieldsOf(response["body"]);
  const status = response["status_code"];
  const said = errorOf(fields["error"]) ?? errorOf(body["error"]);
  if (status !== undefined && Number(status) !== 200)
    return failed(hash, `status ${String(status).slice(0, 20)}${said === null ? "" : `: ${said}`}`);
  if (said !== null) return failed(hash, said);
  const choices = Array.isArray(body["choices"]) ? body["choices"] : [];
  const text = textOf(fieldsOf(fieldsOf(choices[0])["message"])["content"]);
  if (text === null) return failed(hash, "the response contains no text");
  const usage = fieldsOf(body["usage"]);
  return {
    ...{ hash, text, problem: null },
    promptTokens: countOf(usage["prompt_tokens"]),
    completionTokens: countOf(usage["completion_tokens"]),
  };
}

const failed = (hash: string | null, problem: string): Read => ({
  ...{ hash, text: null, promptTokens: null, completionTokens: null, problem },
});

/** The content of a message: a text, or a list of parts, of which those of text count. */
function textOf(content: unknown): string | null {
  if (typeof content === "string") return content;
  if (!Array.isArray(content)) return null;
  const texts = content.flatMap((part) => {
    if (typeof part === "string") return [part];
    const { type = "text", text } = fieldsOf(part);
    return (type === "text" || type === "output_text") && typeof text === "string" ? [text] : [];
  });
  return texts.length === 0 ? null : texts.join("");
}

/** What an error object says, in the forms of several vendors; null where there is none. */
function errorOf(error: unknown): string | null {
  if (error === null || error === undefined || error === false || error === "") return null;
  const { code, message, type } = fieldsOf(error);
  const said = [typeof error === "string" ? error : null, code, type, message]
    .filter((part) => typeof part === "string" || typeof part === "number")
    .join(" ");
  return `error ${said}`.trim().slice(0, 120);
}

/** Whole numbers only: a count that is not one would be refused when the journal is read again. */
function countOf(value: unknown): number | null {
  return Number.isSafeInteger(value) && (value as number) >= 0 ? (value as number) : null;
}

function fieldsOf(value: unknown): Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Fields) : {};
}
