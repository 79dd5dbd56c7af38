import { type Random, randomInteger } from "../../../../src/lib/util/random.js";
import { pick, pickSome } from "../keyed-random.js";
import { disease, drug, fictionNote, sign } from "../vocabulary.js";
import type { AnswerDraw, Item, ItemKind, ItemRequest } from "./item-kind.js";

type Value = string | number;
type Fields = Readonly<Record<string, Value>>;

/** JSON objects scored field by field; every item has the same number of fields, so the mean is the pooled share. */
function fieldsKind(make: (request: ItemRequest) => Item): ItemKind {
  return {
    judged: false,
    make,
    answer: (item, variant, { right, talkative, random }) => {
      const gold = item.variants[variant]?.gold as Fields;
      const given = Object.entries(gold).map(([key, value]) => [
        key,
        random() < right ? value : wrongValue(value, random),
      ]);
      return writeJson(Object.fromEntries(given), { talkative, random });
    },
    expected: (right, usable) => right * usable,
  };
}

function wrongValue(value: Value, random: Random): Value {
  if (typeof value === "number") return value + pick([1, 10, 100, -1], random);
  return value === "未知" ? "无异常" : pick(["未知", `${value}（待查）`], random);
}

function writeJson(fields: Fields, { talkative, random }: Pick<AnswerDraw, "talkative" | "random">): string {
  const compact = JSON.stringify(fields);
  if (!talkative) return compact;
  return pick(
    [
      `\`\`\`json\n${JSON.stringify(fields, null, 2)}\n\`\`\``,
      `结果如下：\n${compact}`,
      `${compact}\n以上按题目所给规则得出。`,
    ],
    random,
  );
}

const recordFields: Readonly<Record<string, (random: Random) => Value>> = {
  主诉: (random) => `${sign(random)}${1 + randomInteger(random, 9)}天`,
  体温: (random) => `${36 + randomInteger(random, 3)}.${randomInteger(random, 10)}℃`,
  脉搏: (random) => `${60 + randomInteger(random, 50)}次/分`,
  既往史: (random) => `${disease(random)}病史`,
  过敏史: (random) => `对${drug(random)}过敏`,
  查体: (random) => sign(random),
  初步诊断: disease,
  用药: drug,
  复诊时间: (random) => `${1 + randomInteger(random, 8)}周后`,
};
const fieldsPerRecord = 6;

/** SMDoc: the keys differ by item; values missing from the record are 未知. */
export const recordKind: ItemKind = fieldsKind(({ random }) => {
  const keys = pickSome(Object.keys(recordFields), fieldsPerRecord, random);
  const absent = keys[0];
  const gold = Object.fromEntries(
    keys.map((key) => [key, key === absent ? "未知" : (recordFields[key]?.(random) ?? "未知")]),
  );
  const record = keys.filter((key) => key !== absent).map((key) => `${key}：${gold[key]}`);
  const question = [
    "任务：从门诊病历中提取指定字段，以json输出，键名用字段名称，未提及的字段填未知，不要解释。",
    `${fictionNote.zh}门诊病历：`,
    ...record,
    `需要提取的字段：${[...keys].sort().join("、")}`,
  ].join("\n");
  return { language: "zh", variants: [{ question, gold }] };
});

/** MedInsureCalc: seven numbers that follow from an invented insurance rule. */
export const insuranceKind: ItemKind = fieldsKind(({ index, random }) => {
  const days = 2 + randomInteger(random, 9);
  const bed = 10 * (3 + randomInteger(random, 8));
  const partly = 100 * (2 + randomInteger(random, 40));
  const own = 10 * randomInteger(random, 60);
  const deductible = 100 * randomInteger(random, 8);
  const total = days * bed + partly + own;
  // Tenths of multiples of ten, so that every amount is a whole number.
  const partlyOwn = partly / 10;
  const covered = total - own - partlyOwn;
  const paid = (Math.max(0, covered - deductible) * 8) / 10;
  const gold = {
    总费用: total,
    纳入报销范围金额: covered,
    医保报销金额: paid,
    乙类项目自负金额: partlyOwn,
    完全自费金额: own,
    个人支付总金额: total - paid,
    结算后起付线剩余: Math.max(0, deductible - covered),
  };
  const question = [
    "任务：医保费用结算。按所给规则计算，并严格按JSON格式输出，不要包含其他文字。",
    `${fictionNote.zh}虚构规则第${index + 1}条：乙类项目先自付10%，其余与甲类一起纳入报销范围；超过起付线剩余的部分报销80%。`,
    `某参保人住院${days}天，床位费（甲类）${bed}元/天，虚构手术（乙类）${partly}元，自费项目${own}元，起付线剩余${deductible}元。`,
    `输出：${JSON.stringify(Object.fromEntries(Object.keys(gold).map((key) => [key, 0])))}`,
  ].join("\n");
  return { language: "zh", variants: [{ question, gold }] };
});
