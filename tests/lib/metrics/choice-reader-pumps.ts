import { LANGUAGE_PACKS } from "../../../src/lib/metrics/choice-reader/language-packs.js";
import { readChoice } from "../../../src/lib/metrics/choice-reader.js";

const options = { A: "卧床休息", B: "Bed rest", C: "冷敷前额", D: "少量盐水" };

/** Literal pieces of a pattern, its classes replaced by one of their characters: what can feed a repetition in it. */
function piecesOf(pattern: string): string[] {
  return pattern
    .replace(/\[([^\]])(?:\\.|[^\]])*\]/gu, "$1")
    .replace(/\\n/gu, "\n")
    .split(/\(\?:|[()|?+*]|\{[\d,]+\}/u)
    .filter((piece) => piece.trim() !== "");
}

/** Pieces of every phrase of every pack, alone and before a letter. */
export const PHRASE_PUMPS: readonly string[] = [
  ...new Set(Object.values(LANGUAGE_PACKS).flatMap((pack) => Object.values(pack).flatMap(piecesOf))),
].flatMap((piece) => [piece, `${piece}A。`]);

/** Characters and forms that the reader's own patterns repeat or look for. */
export const FORM_PUMPS: readonly string[] = [
  ..." \t\n\r\u00a0\u3000*_`$[](){}<>【】“”'\"|/\\#-—…,，、.。:：;；!？?=＝~&+%1xAaÀ选项答案是不若√×✅\u200b\u{1f642}\ud800",
  "A、",
  "A, ",
  "a) ",
  "(A)",
  "<A>",
  "A和B",
  "A：",
  "A. 卧床休息、",
  "A. 卧床休息\n",
  "B: Bed rest and ",
  "卧床休息",
  "是卧床休息。",
  "Bed rest ",
  "is bed rest. ",
  "因此，选项A错误。",
  "因此A",
  "选A不选B。",
  "答案是A？",
  "答案：A。",
  "The answer is A. ",
  "Answer: A!!!! x",
  "A) x\n",
  "\n## A",
  "option A (",
  "é a letra ",
  "另一道题：",
  "\\boxed{",
  "\\boxed{A}, ",
  "\\text{",
  "\\text{A}",
  '"answer": "A"',
  '{"answer": ["A", ',
  "<answer>",
  "<think>",
  "</think>",
  "<think></think",
  "</s>",
  "<|",
  "<|x|>",
  "[INST]",
  "[THINK]",
  "&lt;think",
  "assistantfinal",
  "analysis",
];

/** Milliseconds of the processor for one reading of `pump` repeated to this length; the lesser of two. */
export function readingTime(pump: string, length: number): number {
  const text = pump.repeat(Math.ceil(length / pump.length)).slice(0, length);
  const once = () => {
    const before = process.cpuUsage();
    readChoice(text, options);
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000;
  };
  return Math.min(once(), once());
}

/**
 * Pumps for which four times the text costs far more than four times as much. Sixteen times as much would be quadratic;
 * the margin also covers texts so short that the clock is too coarse for them.
 */
export function slowPumps(pumps: readonly string[], length: number): string[] {
  return pumps.filter((pump) => readingTime(pump, 4 * length) > 10 * readingTime(pump, length) + 15);
}
