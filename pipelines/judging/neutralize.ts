import { REASONING_CLOSING, REASONING_OPENING } from "../../src/lib/metrics/reasoning-marks.js";

/**
 * Candidate text is data. Before it enters a prompt, everything in it that looks like our delimiters or a chat template's
 * control token, and all invisible text, is made harmless; the visible text stays the same.
 */

export interface NeutralText {
  readonly text: string;
  /** Number of places that were changed. */
  readonly changed: number;
}

/** Three or more angle brackets in a row, in any width: what our delimiters are made of. */
const fences = /[<＜‹〈《]{3,}|[>＞›〉》]{3,}/gu;
/**
 * Control tokens of chat templates: <|im_start|>, [INST], <s>, <<SYS>>, <start_of_turn>. And marks of reasoning: a judge
 * that quotes one and is then cut off must not seem to have ended its own reasoning.
 */
const controlTokens = new RegExp(
  [
    /<\|[^<>\n]{0,40}\|>|\[\/?(?:INST|SYSTEM_PROMPT|AVAILABLE_TOOLS|TOOL_CALLS)\]|<\/?s>|<<\/?SYS>>|<(?:start|end)_of_turn>/
      .source,
    REASONING_OPENING,
    REASONING_CLOSING,
  ].join("|"),
  "giu",
);
/** Characters that a person does not see: controls, zero-width and direction marks, tag characters. */
const invisible =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\u2066-\u206f\ufeff\u{e0000}-\u{e007f}]/gu;

export function neutralize(raw: string): NeutralText {
  let changed = 0;
  const count = (replace: (match: string) => string) => (match: string) => {
    changed += 1;
    return replace(match);
  };
  // Invisible characters go first: one of them inside a delimiter would hide it from the other two patterns.
  const text = raw
    .replace(/\p{Surrogate}/gu, "\ufffd")
    .replace(
      invisible,
      count(() => ""),
    )
    .replace(
      controlTokens,
      count((token) => `${token.slice(0, 1)} ${token.slice(1, -1)} ${token.slice(-1)}`),
    )
    .replace(
      fences,
      count((fence) => [...fence].join(" ")),
    );
  return { text, changed };
}

/** The first `limit` code points of a text, and how many it had. */
export function limitLength(text: string, limit: number): { readonly text: string; readonly length: number } {
  if (text.length <= limit) return { text, length: text.length };
  const points = [...text];
  return { text: points.slice(0, limit).join(""), length: points.length };
}
