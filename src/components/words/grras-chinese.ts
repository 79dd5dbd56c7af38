import type { Words } from "./english.js";

/** 报告指南的条目与本次运行的记录。 */
export const grrasChinese: Words["grras"] = {
  items: {
    title: "1 标题中写明研究的是一致性",
    category: "2 所评类别",
    subjects: "3 评价对象总体",
    raters: "4 评分者总体",
    known: "5 信度与一致性的已有知识，以及研究理由",
    size: "6 样本量的确定",
    sampling: "7 抽样方法",
    process: "8 测量过程（时间间隔、培训、盲法）",
    independence: "9 评分的独立性",
    analysis: "10 统计分析",
    numbers: "11 评分者与评价对象的数目",
    characteristics: "12 评分者与评价对象的特征",
    estimates: "13 估计值及其不确定性",
    relevance: "14 实际意义",
    details: "15 详细结果",
  },
  scale: (criterion, lowest, highest) => `${criterion}，${lowest} 至 ${highest} 分`,
  subjects: (benchmark) => `经评审的回答：${benchmark}`,
  raters: (n, judge) => `${n} 位医师；评审模型 ${judge}`,
  blinded: (n, ratings) => `${ratings} 个评分中 ${n} 个为盲评`,
  processGap: "时间间隔与培训无记录",
  analysis: "按单个评分的二次加权 kappa，区间按题目聚类稳健；另附 AC、alpha、ICC 与 Bland-Altman",
  numbers: (ratings, answers, items, raters) =>
    `${raters} 位医师对 ${items} 题的 ${answers} 份回答给出 ${ratings} 个评分`,
  estimate: (kappa, lower, upper) => `kappa ${kappa}（${lower} 至 ${upper}）`,
  relevance: (target, action) => `目标 kappa ${target}；措施：${action}；各专科的有效性见上文`,
  details: "本页及下载中的数据表",
};
