/**
 * Names in reasoning tags: of DeepSeek, Qwen and many others (think), Claude prompts (thinking), EXAONE (thought), Seed
 * (seed:think), LongCat, and of prompts that ask for reasoning in a tag of its own.
 */
const NAMES = [
  "(?:seed:|ant|longcat_)?think(?:ing)?",
  "thoughts?",
  "(?:thought|thinking|reasoning)_process",
  "reasoning(?:_content)?",
  "reflection",
  "scratchpad",
  "(?:inner|internal)_(?:thoughts?|monologue)",
  "chain_of_thought",
  "思考(?:过程)?",
].join("|");
/** Attributes, or a blank before the closing bracket. Limited, so that an opening bracket costs a constant. */
const REST = "(?:[ \\t][^<>\\n]{0,80})?";

/**
 * What opens a block of reasoning: `<think>` and its kin in any case, Kimi's `◁think▷`, Magistral's `[THINK]`, MedGemma's
 * `<unused94>`, Gemma's `<|channel>thought`, and the tokens of Cohere, OpenThinker and Apertus. Source of a pattern to
 * be matched in any letter case; it means the same in JavaScript and RE2.
 */
export const REASONING_OPENING = [
  `[<＜◁](?:${NAMES})${REST}[>＞▷]`,
  `&lt;(?:${NAMES})&gt;`,
  "\\[think\\]",
  "<unused94>(?:thought)?",
  "<\\|channel>thought",
  "<\\|(?:begin_of_thought|start_thinking|inner_prefix)\\|>",
].join("|");

/** What closes a block of reasoning; a pattern like `REASONING_OPENING`. */
export const REASONING_CLOSING = [
  `[<＜◁]\\\\?[/／](?:${NAMES})${REST}[>＞▷]`,
  `&lt;/(?:${NAMES})&gt;`,
  "\\[/think\\]",
  "<unused95>",
  "<channel\\|>",
  "<\\|(?:end_of_thought|end_thinking|inner_suffix)\\|>",
].join("|");

const opening = new RegExp(REASONING_OPENING, "iu");
const closing = new RegExp(REASONING_CLOSING, "iu");
const anyMark = /[<＜◁[]|&[lL][tT];/u;
const firstOfMarks = ["<", "[", "&", "＜", "◁"];
/** A cheap look, because most answers have no reasoning marks. */
const mayHaveMarks = (text: string) =>
  (firstOfMarks.some((mark) => text.includes(mark)) && anyMark.test(text)) ||
  text.includes("assistantfinal") ||
  startsInChannel.test(text);

/**
 * The answer without its reasoning: what is inside reasoning marks is dropped, and all other text stays as it is,
 * character by character.
 *
 * Marks are tags such as `<think>` and `<thought>` in any letter case, the tokens of several model families
 * (`REASONING_OPENING`), and the channels of gpt-oss, of which only the final one is kept, with or without their special
 * tokens. A block that is never closed runs to the end, so that an answer cut off inside its reasoning leaves nothing. A
 * closing mark without its opening one drops everything before it, because chat templates often put the opening mark in
 * the prompt. Time is linear in the length of the text.
 *
 * @param text a response as received; blocks may be nested, and a text without marks is returned unchanged
 * @returns "" or white space where the whole text is reasoning
 * @example withoutReasoning("<think>A or B?</think>B") // "B"
 */
export function withoutReasoning(text: string): string {
  return mayHaveMarks(text) ? withoutBlocks(withoutChannels(text)) : text;
}

/**
 * Whether a text is reasoning and nothing else: cut off before its answer began. False for a blank text.
 *
 * @example isOnlyReasoning("<think>The patient has") // true
 */
export function isOnlyReasoning(text: string): boolean {
  return text.trim() !== "" && withoutReasoning(text).trim() === "";
}

/** Of each piece between closing marks, the text before its opening mark; a piece without one drops all before it. */
function withoutBlocks(text: string): string {
  let kept = "";
  const pieces = text.split(closing);
  for (const [i, piece] of pieces.entries()) {
    const at = piece.search(opening);
    if (at >= 0) kept += piece.slice(0, at);
    else if (i === pieces.length - 1) kept += piece;
    else kept = "";
  }
  return kept;
}

/** What gpt-oss says in its final channel (the harmony format); other texts unchanged. */
function withoutChannels(text: string): string {
  if (text.includes("<|channel|>") || text.includes("<|message|>")) return finalMessages(text);
  const isJoined = text.includes("assistantfinal");
  if (isJoined || startsInChannel.test(text)) return finalWords(text, isJoined);
  return text;
}

const harmonyToken = /<\|(start|channel|constrain|message|end|return|call)\|>/u;
const channels = new Set(["analysis", "commentary", "final"]);
const hidden = new Set(["analysis", "commentary"]);
const firstWord = (text: string) => /^\s*([\w.]*)/u.exec(text)?.[1]?.toLowerCase() ?? "";

/** `<|start|>assistant<|channel|>final<|message|>B<|return|>`: text outside messages, and messages to the user. */
function finalMessages(text: string): string {
  // Text and tokens alternate.
  const pieces = text.split(harmonyToken);
  let kept = "";
  let part = "text";
  let [role, channel] = ["", ""];
  for (let i = 0; i < pieces.length; i += 2) {
    const segment = pieces[i] ?? "";
    const token = pieces[i + 1] ?? "end";
    if (part === "start") role = firstWord(segment);
    else if (part === "channel") channel = firstWord(segment);
    else if (part === "text" && token === "message" && channels.has(segment.trim())) {
      // The prompt ended within the header, so that the response begins with the name of a channel.
      channel = segment.trim();
    } else if (part === "text") kept += segment;
    else if (part === "message" && !hidden.has(channel) && ["", "assistant"].includes(role)) kept += segment;
    const isOver = ["end", "return", "call"].includes(token);
    if (isOver || token === "start") [role, channel] = ["", ""];
    part = isOver ? "text" : token;
  }
  return kept;
}

const startsInChannel = /^\s*(?:assistant\s{0,4})?(?:analysis|commentary)/u;
/** The name of a channel and the first word of its message, with nothing between: no word that anyone writes. */
const startsInReasoning = /^\s*(?:assistant)?(?:analysis|commentary)[\p{Lu}\p{Lo}]/u;

/** The same with its special tokens dropped: `analysisA or B?assistantfinalB`. */
function finalWords(text: string, isJoined: boolean): string {
  const turn = isJoined
    ? /assistant(analysis|commentary|final)/u
    : /assistant\s{0,4}(analysis|commentary|final)/u;
  // Text and names of channels alternate.
  const pieces = text.split(turn);
  if (!pieces.some((name, i) => i % 2 === 1 && name === "final")) {
    return startsInReasoning.test(text) ? "" : text;
  }
  return pieces.filter((_, i) => i % 2 === 0 && pieces[i - 1] === "final").join("");
}
