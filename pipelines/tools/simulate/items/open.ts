import { type Random, randomInteger } from "../../../../src/lib/util/random.js";
import { pick, pickSome } from "../keyed-random.js";
import { disease, drug, english, fictionNote, filler, sign, someSigns } from "../vocabulary.js";
import type { AnswerDraw, Item, ItemKind, ItemRequest, OpenDraw, Variant } from "./item-kind.js";
import { falseLabelShare, labelCounts } from "./labels.js";

/** Layout of an answer that a judge reads. */
export type Layout =
  | { readonly form: "plain" }
  | { readonly form: "json" | "lines"; readonly keys: readonly string[] }
  | { readonly form: "json-array"; readonly keys: readonly string[] };

export const plain: Layout = { form: "plain" };
const fewest = 3;
const most = 5;

interface OpenOptions {
  readonly task: string;
  readonly layout: Layout;
  /** Key points are known and count (Macro-Recall); otherwise the gold pack contains only a reference text. */
  readonly keyPoints: boolean;
  readonly media?: boolean;
  readonly passage?: boolean;
  /** Items of the dataset that ask for another layout, by their place in the file. */
  readonly layoutOf?: (index: number) => Layout;
}

/** Answers in words, graded by a judge and, where there are key points, by how many of them are covered. */
export function openKind({ task, layout, keyPoints, media, passage, layoutOf }: OpenOptions): ItemKind {
  const layouts = new WeakMap<Item, Layout>();
  return {
    judged: true,
    make: ({ dataset, index, random }) => {
      const points = drawKeyPoints(random);
      const chosen = layoutOf?.(index) ?? layout;
      const item: Item = {
        language: "zh",
        keyPoints: points,
        ...(media === true && { media: [`${dataset}/invented/image-${index + 1}.png`] }),
        variants: [
          {
            question: `${task}\n${askFor(chosen)}${fictionNote.zh}${caseText(index, points, passage === true, random)}`,
            ...(!keyPoints && { gold: points.join("；") }),
          },
        ],
      };
      layouts.set(item, chosen);
      return item;
    },
    answer: (item, _variant, draw) => write(layouts.get(item) ?? layout, coveredPoints(item, draw), draw),
  };
}

export function drawKeyPoints(random: Random): string[] {
  const [first, second] = someSigns(2, random);
  const points = [
    `首选${drug(random)}`,
    `每日${1 + randomInteger(random, 4)}次，每次${5 * (1 + randomInteger(random, 9))}单位`,
    `用药前先查${first}`,
    `${2 + randomInteger(random, 12)}天后复查${second}`,
    `不与${drug(random)}同用`,
    `告知可能出现${sign(random)}`,
    `出现${sign(random)}时立即停用`,
  ];
  return pickSome(points, fewest + randomInteger(random, most - fewest + 1), random);
}

function caseText(index: number, points: readonly string[], passage: boolean, random: Random): string {
  if (passage) {
    return `Passage ${index + 1}: In ${english.disease(random)} with ${english.sign(random)}, ${english.drugs(2, random).join(" was compared with ")} in an imaginary trial.\n虚构译注：${points.join("；")}。\n请用中文说明应如何处理。`;
  }
  return `虚构病例${index + 1}：某${disease(random)}患者${sign(random)}、${sign(random)}。虚构规则：${points.join("；")}。请按规则作答。`;
}

function askFor(layout: Layout): string {
  if (layout.form === "plain") return "";
  return layout.form === "lines"
    ? `请分${layout.keys.length}部分作答：${layout.keys.join("、")}。\n`
    : `请只输出JSON，键为${layout.keys.join("、")}。\n`;
}

const omissions = ["其余处理从略。", "其他方面暂无特别要求。", "具体细节以规则为准。"];

function coveredPoints(item: Item, { covered, random }: OpenDraw): readonly string[] {
  const points = (item.keyPoints ?? []).filter((_, i) => covered[i] === true);
  return points.length > 0 ? points : [pick(omissions, random)];
}

function write(
  layout: Layout,
  points: readonly string[],
  { talkative, padding, random }: AnswerDraw,
): string {
  const extra = filler(padding + (talkative ? 2 : 0), random);
  if (layout.form === "plain") {
    return talkative
      ? `按照规则，处理如下：\n${points.map((point, i) => `${i + 1}. ${point}。`).join("\n")}\n\n${extra}`
      : `${points.join("；")}。${extra}`;
  }
  const parts = layout.keys.map((_, k) =>
    points.filter((_point, i) => i % layout.keys.length === k).join("；"),
  );
  if (layout.form === "lines") {
    return (
      layout.keys.map((key, k) => `${key}：${parts[k] || "见上"}。`).join("\n") + (extra && `\n${extra}`)
    );
  }
  const fields = Object.fromEntries(
    layout.keys.map((key, k) => [key, `${parts[k] || "见上"}${k === layout.keys.length - 1 ? extra : ""}`]),
  );
  return JSON.stringify(layout.form === "json-array" ? pairs(fields) : fields);
}

/** [{"鉴别诊断1":…,"诊断依据1":…},…]: two keys per object. */
function pairs(fields: Readonly<Record<string, string>>): Record<string, string>[] {
  const entries = Object.entries(fields);
  return Array.from({ length: Math.ceil(entries.length / 2) }, (_, i) =>
    Object.fromEntries(entries.slice(2 * i, 2 * i + 2)),
  );
}

const outcomes = ["治愈", "好转", "未愈", "死亡"] as const;

/** MedOutcome: a label in JSON, with reasons that a judge reads. */
export const outcomeKind: ItemKind = {
  judged: true,
  make: ({ index, random }) => {
    const points = drawKeyPoints(random);
    const gold = pick(outcomes, random);
    const question = `任务：预测患者结局（治愈、好转、未愈、死亡）并说明理由，输出JSON，键为预测结局、理由。\n${fictionNote.zh}${caseText(index, points, false, random)}虚构规则另注：此类患者的结局为${gold}。`;
    return { language: "zh", keyPoints: points, variants: [{ question, gold }] };
  },
  answer: (item, variant, draw) => {
    const { gold } = item.variants[variant] as Variant;
    const label =
      draw.random() < draw.right
        ? (gold as string)
        : pick(
            outcomes.filter((outcome) => outcome !== gold),
            draw.random,
          );
    const reason = `${coveredPoints(item, draw).join("；")}。${filler(draw.padding, draw.random)}`;
    return JSON.stringify({ 预测结局: label, 理由: reason });
  },
  expected: (right, usable) => right * usable,
};

const errorTypes = "多字或少字、错别字、单位错误、方位错误、用词不当、项目不符、诊断不符、性别错误".split(
  "、",
);
const mostErrors = 3;

/** MedReportQC: error types as JSON keys (pooled counts), corrections that a judge reads. */
export const reportErrorsKind: ItemKind = {
  judged: true,
  make: ({ index, random }: ItemRequest) => {
    const gold = pickSome(errorTypes, randomInteger(random, mostErrors + 1), random);
    const points =
      gold.length > 0 ? gold.map((type) => `${type}：应改正描述中的${sign(random)}`) : ["报告没有错误"];
    const question = `任务：判断CT报告中的错误并给出修改建议，输出\`\`\`json{"错误类型": "修改建议"}\`\`\`，没有错误时输出空dict。错误类型只能是：${errorTypes.join("、")}\n${fictionNote.zh}虚构报告${index + 1}号，所见${disease(random)}样改变。审核记录：${points.join("；")}。`;
    return { language: "zh", keyPoints: points, variants: [{ question, gold }] };
  },
  answer: (item, variant, { right, random }) => {
    const gold = item.variants[variant]?.gold as readonly string[];
    const given = gold.filter(() => random() < right);
    if (random() < falseLabelShare * (1 - right)) {
      given.push(
        pick(
          errorTypes.filter((type) => !gold.includes(type)),
          random,
        ),
      );
    }
    const points = item.keyPoints ?? [];
    const fixes = given.map((type) => [
      type,
      points.find((point) => point.startsWith(type)) ?? "描述：应改正",
    ]);
    return `\`\`\`json\n${JSON.stringify(Object.fromEntries(fixes))}\n\`\`\``;
  },
  expectedCounts: (right, usable) => labelCounts(right, usable, mostErrors / 2),
};
