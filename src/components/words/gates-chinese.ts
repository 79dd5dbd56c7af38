import type { Words } from "./english.js";

const number = (n: number) => n.toLocaleString("zh-CN");

/** 关于哪些得分可以发布的用语。 */
export const gatesChinese: Words["judge"]["gates"] = {
  title: "哪些得分可以发布？",
  withheld: "暂不发布",
  column: "发布情况",
  corrected: "经医师评分校正",
  restsOnJudge: "依赖评审模型",
  unvalidated: "其中未经验证",
  decisions: {
    no_judge_involved: "不涉及评审",
    publish: "发布",
    publish_corrected: "附校正",
    publish_with_warning: "附说明",
    withhold: "暂不发布",
  },
  scopes: {
    task: "数据集得分",
    dimension: "维度得分",
    overall: "总分",
    specialty: "专科得分",
    judged_overall: "平均评分（总体）",
    judged_dimension: "各维度平均评分",
    judged_specialty: "各专科平均评分",
  },
  scope: "数值",
  total: "合计",
  reasons: {
    no_judge: () => "不依赖评审模型",
    validated: () => "所依赖的评审结果均已验证",
    corrected: (share) => `${share} 依赖没有医师评分佐证的评审结果；校正得分已计入评审误差`,
    provisional: (share) => `${share} 依赖医师评分佐证有限的评审结果`,
    drift_alarm: () => "评审模型在该题库批次发生漂移",
    unvalidated_share: (share) => `${share} 依赖的评审结果得不到医师评分支持`,
    judge_not_rated: (share) => `${share} 依赖的评审模型尚无医师核对`,
  },
  limit: (share) => `上限为 ${share}`,
  because: (slices) => `涉及${slices}`,
  keyPoints: "要点匹配",
  lifts: {
    rate_more: (n) => `再由医师评 ${number(n)} 题即可判定`,
    recalibrate: () => "须更换评审模型或提示词，或改由医师评分",
  },
  note: (n, of) =>
    `${number(of)} 个得分中有 ${number(n)} 个暂不发布，因其过多依赖得不到医师评分支持的评审结果。`,
  judgedOverall: (share) => `总分中至多 ${share} 依赖没有医师评分佐证的评审结果。`,
  here: (n) => `此处有 ${number(n)} 个得分暂不发布（⊘）：`,
  caption: "所有依赖评审模型的数值及其处理方式。暂不发布的数值在任何表格和下载中均无值。",
  withheldCaption: "暂不发布的数值、原因，以及如何解除。",
  none: "没有暂不发布的数值。",
  runs: "系统数",
};
