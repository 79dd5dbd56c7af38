import { everyMatch } from "./every-match.js";
import { keyOf } from "./folded-options.js";
import type { OptionTexts } from "./option-text.js";

const SPEAKERS =
  "User|USER|user|Human|HUMAN|human|Assistant|ASSISTANT|assistant|Instruction|Student|Patient|Usuário|Usuario|Nutzer|用户|用戶|助手|人类|人類|学生|學生|考生|提问|提問|追问|追問";
const QUESTIONS =
  "Question|QUESTION|question|Q|Pergunta|Pregunta|Frage|问题|问|题目|试题|习题|练习题|练习|例题|真题|相关真题|变式|变式题|变式训练|拓展|延伸|举一反三|思考题|补充题|下一题|問題|題目|試題|例題|下一題";
const NUMBER = "[0-9一二三四五六七八九十]";
/** "第2题", "第二小题". */
const NUMBERED_ITEM = `第[ ]?${NUMBER}{1,3}[ ]?小?[题題问]`;
/** "2. Which of these is wrong?" with its first option on the next line. */
const NUMBERED_QUESTION =
  "(?:[0-9]{1,3}[ ]?[.、．)）]|[（(][0-9一二三四五六七八九十]{1,3}[)）])[^\\n]*(?:[?？]|[是为有]|[（(][ \u3000]{0,6}[)）])[ \u3000\\r。.:：]{0,3}\\n{1,2}[ ]{0,4}[AaＡ][ ]?[.、．:：)）]";

/**
 * Source of a pattern, in JavaScript and RE2, for a line that opens another question or another speaker's turn
 * ("Question: …", "【题目】", "Question 5", "### Human: …"). What a model writes after it is not its answer.
 */
export const OPENS_TURN = `\\n[ #*>-]{0,6}(?:(?:${SPEAKERS}|${QUESTIONS})[ ]?${NUMBER}{0,3}[*]{0,2}[ ]?[:：]|[【〖\\[](?:${QUESTIONS}|${NUMBERED_ITEM})[ ]?${NUMBER}{0,3}[】〗\\]]|(?:${QUESTIONS})[ ]?${NUMBER}{1,3}[*]{0,2}[ ]?[.、．)）\\n]|${NUMBERED_ITEM}|${NUMBERED_QUESTION})`;

const opensTurn = new RegExp(OPENS_TURN, "gu");

/** Turns after which no earlier answer is looked for: a response of many is a dialogue. */
const MOST = 3;
/** Longest answer before another question: a longer text is one that thinks aloud, and quotes questions. */
const LONGEST = 3000;

/** What stands before and behind the place where another question or speaker begins. */
export interface Turn {
  readonly before: string;
  readonly behind: string;
}

/** The first turns that another question or speaker opens, the shortest first. */
export function earlierTurns(text: string): Turn[] {
  if (!text.includes("\n")) return [];
  const turns: Turn[] = [];
  for (const { index } of everyMatch(text, opensTurn)) {
    if (index > LONGEST) break;
    const before = text.slice(0, index);
    if (before.trim() !== "") turns.push({ before, behind: text.slice(index, index + QUESTION) });
    if (turns.length === MOST) break;
  }
  return turns;
}

/** How much of a question is compared with the item. */
const QUESTION = 800;
const OPTION =
  /(?:\n|[ \u3000])[ ]{0,4}([A-L])[ ]?[.、．:：)）][ ]?([^\n]{1,120}?)(?=[ \u3000]+[A-L][ ]?[.、．:：)）]|\n|$)/gu;

/** Whether a question has options, of which none is an option of the item: what follows cannot be its answer. */
export function hasOtherOptions(question: string, options: OptionTexts): boolean {
  const own = new Set(Object.values(options).map(keyOf));
  const given = Array.from(question.matchAll(OPTION), ([, letter, words = ""]) => ({
    letter,
    key: keyOf(words),
  }));
  const letters = new Set(given.map(({ letter }) => letter));
  return letters.has("A") && letters.has("B") && given.every(({ key }) => !own.has(key));
}
