import { randomInteger } from "../../../../src/lib/util/random.js";
import { pick, pickSome } from "../keyed-random.js";
import { fictionNote, sign, someDiseases } from "../vocabulary.js";
import type { Item, ItemKind, ItemRequest } from "./item-kind.js";

/** One label out of a list in the prompt. */
function labelKind(
  make: (request: ItemRequest) => Item,
  offered: (item: Item) => readonly string[],
): ItemKind {
  return {
    judged: false,
    make,
    answer: (item, variant, { right, random }) => {
      const gold = item.variants[variant]?.gold as string;
      if (random() < right) return gold;
      return pick(
        offered(item).filter((label) => label !== gold),
        random,
      );
    },
    expected: (right, usable) => right * usable,
  };
}

/** MedClass: the diagnosis among three candidates. */
export const candidateKind: ItemKind = labelKind(
  ({ index, random }) => {
    const candidates = someDiseases(3, random);
    const gold = pick(candidates, random);
    const finding = sign(random);
    return {
      language: "zh",
      media: [`MedClass/invented/image-${index + 1}.png`],
      variants: [
        {
          question: `任务：根据影像和描述选出最符合的诊断，只输出诊断名称，无需理由。\n${fictionNote.zh}患者${finding}。虚构规则第${index + 1}条：此图配${finding}即为${gold}。候选诊断：${candidates.join("、")}\n`,
          gold,
          options: Object.fromEntries(candidates.map((text, i) => ["ABC"[i] as string, text])),
        },
      ],
    };
  },
  (item) => Object.values(item.variants[0]?.options ?? {}),
);

const intents =
  "症状询问、服药询问、检查询问、康复询问、预约门诊、预约检查、改期、取消预约、费用查询、报销查询、报告解读、投诉服务、投诉收费、随访确认、随访改期、开具证明、复印病历、住院安排、出院安排、其他咨询".split(
    "、",
  );

/** MedIntentID: one of twenty intents. */
export const intentKind: ItemKind = labelKind(
  ({ index, random }) => {
    const gold = pick(intents, random);
    const question = [
      "任务：意图识别。从预定义的意图中选择最合适的一个，只输出意图名称。",
      `预定义的意图：${intents.join("、")}`,
      `${fictionNote.zh}虚构规则第${index + 1}条：提到“${sign(random)}之后的第${index + 1}号事项”即为${gold}。`,
      `当前对话：\n来访者：我想办第${index + 1}号事项。`,
    ].join("\n");
    return { language: "zh", variants: [{ question, gold }] };
  },
  () => intents,
);

const faults =
  "伪影在肺野内、伪影在肺野外、体位不正、偏中心、缺左右标识、肩胛骨重叠、肋膈角不全、肺尖不全、吸气不足、锁骨不对称、有植入物".split(
    "、",
  );
const noFault = "无问题";

/** Probability of an additional wrong label if the system is certainly wrong. */
export const falseLabelShare = 0.6;
const mostLabels = 3;

/** MedQC: any of eleven faults joined by |, or 无问题; scored by pooled counts. */
export const faultsKind: ItemKind = {
  judged: false,
  make: ({ index, random }) => {
    const gold = pickSome(faults, randomInteger(random, mostLabels + 1), random);
    const question = `任务：判断胸片存在哪些质量问题，多个问题用|分隔，没有则输出“${noFault}”。可选：${faults.join("、")}\n${fictionNote.zh}虚构片号${index + 1}的质控记录写明：${gold.join("、") || "未见问题"}。`;
    return { language: "zh", media: `MedQC/invented/film-${index + 1}.png`, variants: [{ question, gold }] };
  },
  answer: (item, variant, { right, random }) => {
    const gold = item.variants[variant]?.gold as readonly string[];
    const given = gold.filter(() => random() < right);
    if (random() < falseLabelShare * (1 - right)) {
      given.push(
        pick(
          faults.filter((fault) => !gold.includes(fault)),
          random,
        ),
      );
    }
    return given.join("|") || noFault;
  },
  expectedCounts: (right, usable) => labelCounts(right, usable, mostLabels / 2),
};

/** Counts for `labels` gold labels on average, each found with probability `right`. */
export function labelCounts(right: number, usable: number, labels: number) {
  return {
    tp: usable * right * labels,
    fp: usable * falseLabelShare * (1 - right),
    fn: labels * (1 - usable * right),
  };
}
