import { type Random, randomInteger } from "../../../../src/lib/util/random.js";
import { pick, pickSome } from "../keyed-random.js";
import { disease, fictionNote, someDiseases, someDrugs, someSigns } from "../vocabulary.js";
import type { Item, ItemKind, ItemRequest } from "./item-kind.js";

const alphabet = "ABCDEFGHIJKL";

/** Answers that are right only as a whole set. */
function setKind(
  make: (request: ItemRequest) => Item,
  offered: (item: Item) => readonly string[],
  write: Writer,
): ItemKind {
  return {
    judged: false,
    make,
    answer: (item, variant, { right, random }) => {
      const gold = item.variants[variant]?.gold as readonly string[];
      return write(random() < right ? gold : otherSet(gold, offered(item), random), random);
    },
    expected: (right, usable) => right * usable,
  };
}

type Writer = (members: readonly string[], random: Random) => string;

/** A different, non-empty set: one member more or one less. */
function otherSet(gold: readonly string[], offered: readonly string[], random: Random): readonly string[] {
  const missing = offered.filter((member) => !gold.includes(member));
  if (gold.length > 1 && (missing.length === 0 || random() < 0.5)) {
    const dropped = pick(gold, random);
    return gold.filter((member) => member !== dropped);
  }
  const added = [...gold, pick(missing, random)];
  return offered.filter((member) => added.includes(member));
}

function lettered(texts: readonly string[]): Record<string, string> {
  return Object.fromEntries(texts.map((text, i) => [alphabet[i] as string, text]));
}

const optionLetters = (item: Item) => Object.keys(item.variants[0]?.options ?? {});

function goldLetters(count: number, of: number, random: Random): string[] {
  return pickSome([...alphabet.slice(0, of)], count, random).sort();
}

/** DDx-advanced: ten to twelve diagnoses, "A, C, E". */
export const differentialKind: ItemKind = setKind(
  ({ index, random }) => {
    const options = lettered(someDiseases(10 + randomInteger(random, 3), random));
    const letters = Object.keys(options);
    const gold = goldLetters(1 + randomInteger(random, 4), letters.length, random);
    const [first, second] = someSigns(2, random);
    const question = [
      "任务：根据患者信息选出一个或多个正确诊断的序号，多个答案用','分隔，不要输出其他内容。",
      "",
      `${fictionNote.zh}患者同时有${first}和${second}。虚构规则第${index + 1}条：凡同时有${first}和${second}者，应考虑${gold.map((letter) => options[letter]).join("、")}。`,
      ...letters.map((letter) => `${letter}. ${options[letter]}`),
    ].join("\n");
    return { language: "zh", variants: [{ question, gold, options }] };
  },
  optionLetters,
  (members, random) => {
    const list = members.join(", ");
    return pick([list, list, `<${list}>`, members.join("，")], random);
  },
);

/** MedRxCheck, multiple choice: four options, "ABC". */
export const prescriptionSetKind: ItemKind = setKind(
  ({ index, random }) => {
    const drugs = someDrugs(4, random);
    const options = lettered(drugs.map((name) => `可与${name}同用`));
    const gold = goldLetters(1 + randomInteger(random, 4), 4, random);
    const allowed = gold.map((letter) => drugs[alphabet.indexOf(letter)]).join("、");
    const question = [
      "任务：处方审核多选题，输出所有正确选项的字母，不要输出其他内容。示例输出：ABC",
      "",
      `${fictionNote.zh}虚构规则第${index + 1}条：${disease(random)}用药期间只可同用${allowed}。下列叙述正确的是()`,
      Object.entries(options)
        .map(([letter, text]) => `${letter}.${text}`)
        .join(""),
    ].join("\n");
    return { language: "zh", variants: [{ question, gold, options }] };
  },
  optionLetters,
  (members, random) => pick([members.join(""), members.join(""), members.join("、")], random),
);

const departments =
  "消化内科、呼吸内科、神经内科、心血管内科、内分泌科、肾内科、普通外科、骨科、泌尿外科、皮肤科、眼科、耳鼻咽喉科、儿科、康复科、疼痛科".split(
    "、",
  );

/** MedHG: names out of a list in the prompt, separated by 、. */
export const departmentsKind: ItemKind = setKind(
  ({ index, random }) => {
    const gold = pickSome(departments, 1 + randomInteger(random, 3), random);
    const [first, second] = someSigns(2, random);
    const question = [
      "任务：导诊。请从给定的科室列表中推荐所有合适的科室，多个科室用顿号分隔。",
      `科室列表：${departments.join("、")}`,
      "",
      `${fictionNote.zh}患者说：我最近${first}，还有${second}。虚构规则第${index + 1}条：${first}伴${second}者去${gold.join("、")}。该去哪些科室？`,
      "输出格式：科室1、科室2",
    ].join("\n");
    return { language: "zh", variants: [{ question, gold }] };
  },
  () => departments,
  (members, random) =>
    pick([members.join("、"), members.join("、"), `推荐科室：${members.join("、")}`], random),
);
