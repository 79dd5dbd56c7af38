import { type Random, randomInteger } from "../../../../src/lib/util/random.js";
import { pick } from "../keyed-random.js";
import { disease, drug, fictionNote, sign } from "../vocabulary.js";
import type { ItemKind } from "./item-kind.js";

const lesions = ["虚构瘤甲", "虚构瘤乙", "虚构瘤丙"] as const;
const noLesion = "无病变";
const noLesionShare = 0.2;
/** A right box is moved sideways by one of these shares of its width, so its overlap is (1 - s) / (1 + s). */
const shifts: readonly number[] = [0, 0.05, 0.1, 0.2];
const meanOverlap = shifts.reduce((sum, shift) => sum + (1 - shift) / (1 + shift), 0) / shifts.length;

interface Box {
  readonly 类别: readonly string[];
  readonly 边界框: readonly number[];
}

/** MedDetect: a JSON list of boxes on a grid of 0 to 1000. */
export const boxesKind: ItemKind = {
  judged: false,
  make: ({ index, random }) => {
    const gold: Box[] = [random() < noLesionShare ? { 类别: [noLesion], 边界框: [] } : drawBox(random)];
    const question = `任务：检测CT图像中的病变，只输出JSON数组，每个元素含"类别"（仅一个名称的数组）和"边界框"[x1,y1,x2,y2]，坐标为0到1000的整数；没有病变时输出[{"类别":["${noLesion}"],"边界框":[]}]。类别：${[...lesions, noLesion].join("、")}\n${fictionNote.zh}虚构图号${index + 1}。`;
    return {
      language: "zh",
      media: [`MedDetect/invented/ct-${index + 1}.png`],
      variants: [{ question, gold }],
    };
  },
  answer: (item, variant, { right, random }) => {
    const [gold] = (item.variants[variant]?.gold ?? []) as readonly Box[];
    const answer = gold !== undefined && random() < right ? moved(gold, random) : wrongBox(gold, random);
    return JSON.stringify([answer]);
  },
  expected: (right, usable) => right * usable * (noLesionShare + (1 - noLesionShare) * meanOverlap),
};

/** In the left half, with room to move; widths are multiples of 20, so every shift is a whole number. */
function drawBox(random: Random): Box {
  const [x, y] = [50 + randomInteger(random, 250), 50 + randomInteger(random, 500)];
  const [width, height] = [20 * (4 + randomInteger(random, 5)), 80 + randomInteger(random, 200)];
  return { 类别: [pick(lesions, random)], 边界框: [x, y, x + width, y + height] };
}

function moved(box: Box, random: Random): Box {
  const [x1, y1, x2, y2] = box.边界框;
  if (x1 === undefined || y1 === undefined || x2 === undefined || y2 === undefined) return box;
  const dx = Math.round(pick(shifts, random) * (x2 - x1));
  return { ...box, 边界框: [x1 + dx, y1, x2 + dx, y2] };
}

/** No overlap at all: the other half of the image, or a lesion where there is none, or none where there is one. */
function wrongBox(gold: Box | undefined, random: Random): Box {
  const lesion = gold?.边界框.length ? gold.类别 : [pick(lesions, random)];
  if (gold?.边界框.length && random() < 0.3) return { 类别: [noLesion], 边界框: [] };
  return { 类别: lesion, 边界框: [700, 700, 900, 900] };
}

/** Number of characters that a reader that is certainly wrong garbles. */
const garbledShare = 0.5;
const garble = "〓";

/** MedOCR: two sections of a report page; garbled characters cost their share of the text. */
export const pageKind: ItemKind = {
  judged: false,
  make: ({ index, random }) => {
    const gold = {
      影像描述: `右侧可见${sign(random)}对应的带状影，大小约${3 + randomInteger(random, 40)}毫米，边缘清楚，邻近未见${disease(random)}表现。`,
      影像诊断: `考虑${disease(random)}，建议结合${drug(random)}使用史复查。`,
    };
    const question = `任务：识别报告图片中的文字并分为两段，输出格式：\`\`\`json{"影像描述": "", "影像诊断": ""}\`\`\`\n${fictionNote.zh}虚构报告${index + 1}号。`;
    return {
      language: "zh",
      media: `MedOCR/invented/report-${index + 1}.pdf`,
      variants: [{ question, gold }],
    };
  },
  answer: (item, variant, { right, random }) => {
    const gold = item.variants[variant]?.gold as Readonly<Record<string, string>>;
    const read = Object.entries(gold).map(([field, text]) => [
      field,
      garbled(text, (1 - right) * garbledShare, random),
    ]);
    return `\`\`\`json\n${JSON.stringify(Object.fromEntries(read))}\n\`\`\``;
  },
  // One replaced character is one edit, so 1 - distance / length falls by its share of the text.
  expected: (right, usable) => usable * (1 - (1 - right) * garbledShare),
};

function garbled(text: string, share: number, random: Random): string {
  return Array.from(text, (character) => (random() < share ? garble : character)).join("");
}
