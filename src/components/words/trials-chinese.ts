import type { Words } from "./english.js";

/** “区间在何处试验过”页面的用词。 */
export const trialsChinese: Words["trials"] = {
  glance: "全部试验一览：各项试验中最不利的情形",
  tried: "试验内容",
  setting: "情形",
  method: "方法",
  worst: "最差结果",
  wanted: "要求",
  held: "符合要求",
  heldIn: (held, of) => `${held} / ${of}`,
  width: "平均宽度",
  widthRatio: "宽度（以先前规则为 1）",
  withheld: "不给区间",
  runs: "模拟次数",
  error: "蒙特卡罗误差",
  average: "各情形平均",
  coverageAxis: "包含真值的区间（%）",
  rateAxis: "发生频率（%）",
  meanAxis: "均值",
  widthAxis: "宽度（以先前规则为 1）",
  atLeast: (value) => `至少 ${value}`,
  atMost: (value) => `至多 ${value}`,
  between: (least, most) => `${least} 至 ${most}`,
  caption: (title, runs) => `${title}。每点为 ${runs.toLocaleString("zh")} 个模拟数据集；阴影为要求范围。`,
  widthCaption: (title) => `${title}：区间的平均宽度，与先前规则相比。`,
  nothingOpen: "在所有试验过的情形中，要求都得到满足。",
  openItem: (title, method, broken, of, worst, where) =>
    `${title}（${method}）：${of} 种情形中有 ${broken} 种未达要求；最差为 ${worst}（${where}）。`,
  because: (reason) => `原因：${reason}。`,
  withheldItem: (title, where, share) =>
    `${title}：在“${where}”的情形中，${share} 的模拟因数据过少而不给出区间。`,
  made: (versions, seeds) => `模拟所用软件版本为 ${versions}，种子为 ${seeds}。`,
  repeat: "重做某项试验，或换用其他种子：",
  list: "列出名称：",
};
