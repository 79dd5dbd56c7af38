import { everyMatch } from "./every-match.js";

/** What chat templates write at the end of a turn, and at the beginning of the next. */
const TOKEN =
  /<\|[^<>|\n]{1,40}\|>|<｜[^<>｜\n]{1,40}｜>|<\/?s>|<(?:eos|bos|pad|unk|eot|eod)>|<(?:end|start)_of_turn>|\[\/?INST\]|<\/?(?:assistant|response|user|system)>|<\|?im_(?:end|start)\|?>/giu;
/** A role that a template writes behind its token. */
const ROLE = /^\s*(?:assistant|model|助手|bot)\s*:?\s*\n?/iu;

/** Source of a pattern, in JavaScript and RE2, for texts that may have such tokens: a cheap first look. */
export const MAY_END_TURN =
  "<(?:[|｜/]|[sS]>|[eE][oO]|[bB]os|[pP]ad|[uU]nk|(?:end|start)_|im_|assistant|response|user|system)|\\[/?INST";

const mayEndTurn = new RegExp(MAY_END_TURN, "u");

/**
 * The response's own turn: what comes before the first token that ends one. Tokens at the beginning, and a role behind
 * them, are dropped; what a model went on to write as the next turn is not its answer.
 */
export function ownTurn(text: string): string {
  if (!(text.includes("<") || text.includes("[")) || !mayEndTurn.test(text)) return text;
  let from = 0;
  for (const { 0: token, index } of everyMatch(text, TOKEN)) {
    const piece = text.slice(from, index).replace(from === 0 ? /^$/u : ROLE, "");
    if (piece.trim() !== "") return piece;
    from = index + token.length;
  }
  return from === 0 ? text : text.slice(from).replace(ROLE, "");
}
