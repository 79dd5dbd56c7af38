import { type Random, randomInteger, shuffled } from "../../../../src/lib/util/random.js";
import { pick } from "../keyed-random.js";
import { disease, english, fictionNote, filler, sign, someDrugs } from "../vocabulary.js";
import type { Item, ItemKind, ItemRequest, Variant } from "./item-kind.js";

const letters = ["A", "B", "C", "D", "E"] as const;

/** Groups of which two prompts are the same text, as in the real packs. */
const identicalShare = 0.15;

export interface ChoiceLook {
  readonly task: string;
  /** The letter in the form that the task asks for. */
  readonly asked: (letter: string) => string;
  readonly englishShare: number;
}

export const examLook: ChoiceLook = {
  task: "任务：请回答单项选择题，把唯一正确选项的序号填写到<>中，不要输出其他文字。示例：<E>",
  asked: (letter) => `<${letter}>`,
  englishShare: 0.15,
};

export const letterLook = (subject: string): ChoiceLook => ({
  task: `你将回答一道${subject}单选题，只输出最合适的一个选项字母，不作解释。示例输出：A`,
  asked: (letter) => letter,
  englishShare: 0.1,
});

/** Single choice in several option orders; the group is right if every order is. */
export function choiceKind(look: ChoiceLook): ItemKind {
  return {
    judged: false,
    make: (request) => makeChoice(look, request),
    answer: (item, variant, { right, talkative, padding, random }) => {
      const { gold } = item.variants[variant] as Variant;
      const letter = random() < right ? (gold as string) : pick(others(gold as string), random);
      return writeLetter(letter, { look, item, variant, talkative, padding, random });
    },
    expected: (right, usable, variants) => (right * usable) ** variants,
  };
}

const others = (letter: string) => letters.filter((other) => other !== letter);

function makeChoice(look: ChoiceLook, { index, variants, random }: ItemRequest): Item {
  const isEnglish = random() < look.englishShare;
  const { stem, choices } = isEnglish ? englishStem(index, random) : chineseStem(index, random);
  // A fresh order per variant; in some groups the second prompt repeats the first, letter by letter.
  const orders = Array.from({ length: variants }, () => shuffled(choices, random));
  if (variants > 1 && random() < identicalShare) orders[1] = orders[0] as string[];
  return {
    language: isEnglish ? "en" : "zh",
    variants: orders.map((order) => ({
      question: `${look.task}\n\n## 题目\n${stem}\n${order.map((text, i) => `${letters[i]}. ${text}`).join("\n")}\n`,
      gold: letters[order.indexOf(choices[0] as string)] as string,
      options: Object.fromEntries(order.map((text, i) => [letters[i] as string, text])),
    })),
  };
}

function chineseStem(index: number, random: Random) {
  const [name, finding] = [disease(random), sign(random)];
  const choices = someDrugs(letters.length, random);
  return {
    stem: `${fictionNote.zh}虚构规则第${index + 1}条规定：${name}伴${finding}者首选${choices[0]}。按此规则，${name}患者出现${finding}，应首选下列哪一项？`,
    choices,
  };
}

function englishStem(index: number, random: Random) {
  const [name, finding] = [english.disease(random), english.sign(random)];
  const choices = english.drugs(letters.length, random);
  return {
    stem: `${fictionNote.en}Made-up rule ${index + 1} says that ${name} with ${finding} is treated with ${choices[0]} first. Which option follows the rule?`,
    choices,
  };
}

interface LetterContext {
  readonly look: ChoiceLook;
  readonly item: Item;
  readonly variant: number;
  readonly talkative: boolean;
  readonly padding: number;
  readonly random: Random;
}

function writeLetter(
  letter: string,
  { look, item, variant, talkative, padding, random }: LetterContext,
): string {
  const text = item.variants[variant]?.options?.[letter] ?? "";
  if (!talkative) {
    const forms = [
      look.asked(letter),
      look.asked(letter),
      look.asked(letter),
      letter,
      `${letter}.`,
      `**${letter}**`,
    ];
    return pick(forms, random);
  }
  if (item.language === "en") {
    return pick(
      [`The rule names ${text}. The best answer is ${letter}.`, `The answer is ${letter}. ${text}`],
      random,
    );
  }
  const reasons = `题目给出的规则指定了首选药物，${filler(1 + padding + randomInteger(random, 2), random)}`;
  return pick(
    [
      `${reasons}\n\n因此，正确答案是${letter}。`,
      `${reasons}\n\n答案：${letter}`,
      `${letter}. ${text}\n\n理由：${reasons}`,
      `${reasons}\n\n答：<${letter}>`,
    ],
    random,
  );
}
