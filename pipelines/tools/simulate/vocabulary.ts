import type { Random } from "../../../src/lib/util/random.js";
import { pick, pickSome } from "./keyed-random.js";

/**
 * Words for items that test nothing: diseases, drugs and rules that do not exist. Every question states this in its
 * text, so that no line of the sample can be taken for medical advice or for an item of a real benchmark.
 */

export const fictionNote = {
  zh: "【虚构题目，仅供软件测试】",
  en: "[Invented item, for software testing only] ",
} as const;

const diseaseStems = "青棱 霜叶 云纹 绯铃 玄砂 银蕨 流萤 墨羽 晨露 碧潮 琥珀 白砾 赤藤 星苔 寒汐 紫穗".split(
  " ",
);
const diseaseEndings = "症 综合征 热 结节 样改变 失调".split(" ");
const drugStems = "洛维 塞珂 帕岚 珂霖 维岑 岚芷 替霏 钠澜 孚砂 苓曜 泊棠 缇隆".split(" ");
const drugEndings = "甲片 乙胶囊 丙颗粒 丁注射液 戊口服液 己贴剂".split(" ");
const signs =
  "指尖微蓝 晨间耳鸣 左掌发凉 夜间打嗝 踝部轻痒 眼角闪光 舌尖发麻 午后乏力 呼吸带哨音 膝部弹响 皮肤细纹 餐后出汗".split(
    " ",
  );
const englishDiseases =
  "Greenridge syndrome,Frostleaf fever,Amber nodule disease,Tidewater disorder,Silverfern reaction".split(
    ",",
  );
const englishDrugs =
  "velomarin,coraxidol,tephrasone,lunifex,paravex,solindra,brevantin,ostrelin,marivane,quillamide".split(",");
const englishSigns =
  "blue fingertips,morning humming,cool left palm,itching ankles,flashing eye corners".split(",");

export const disease = (random: Random) => pick(diseaseStems, random) + pick(diseaseEndings, random);
export const drug = (random: Random) => pick(drugStems, random) + pick(drugEndings, random);
export const sign = (random: Random) => pick(signs, random);
export const someSigns = (count: number, random: Random) => pickSome(signs, count, random);

/** `count` different drugs (or diseases): stems differ, so no name contains another. */
export const someDrugs = (count: number, random: Random) =>
  pickSome(drugStems, count, random).map((stem) => stem + pick(drugEndings, random));
export const someDiseases = (count: number, random: Random) =>
  pickSome(diseaseStems, count, random).map((stem) => stem + pick(diseaseEndings, random));

export const english = {
  disease: (random: Random) => pick(englishDiseases, random),
  drugs: (count: number, random: Random) => pickSome(englishDrugs, count, random),
  sign: (random: Random) => pick(englishSigns, random),
} as const;

const fillers = [
  "以上内容均依据题目给出的虚构规则，不能用于真实诊疗。",
  "结合题干信息逐条核对，未发现与规则相矛盾之处。",
  "若情况变化，应按规则重新评估并做好记录。",
  "首先梳理题目给出的条件，再与规则逐项对照。",
  "规则没有规定的部分不作推断。",
  "需要向对方说明理由，并确认其已经理解。",
  "随后按规则安排复查，并约定下一次沟通的时间。",
  "题目没有给出的检查结果在此不作假设。",
  "综合来看，各项条件之间相互支持，结论较为明确。",
  "如对规则的适用范围有疑问，应请上级人员复核。",
  "记录中应写明日期、依据和责任人，便于以后核对。",
  "这一处理只对题目设定的情形有效。",
];

/** `count` neutral sentences: length without content. They contain no letter that could be read as an option. */
export function filler(count: number, random: Random): string {
  let text = "";
  for (let i = 0; i < count; i += 1) text += pick(fillers, random);
  return text;
}
