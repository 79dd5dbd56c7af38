import { gateReason } from "../../lib/messages/gate.js";
import type { Words } from "./english.js";

const number = (n: number) => n.toLocaleString("zh-CN");

/** 关于哪些得分可以发布的用语。 */
export const gatesChinese: Words["judge"]["gates"] = {
  title: "哪些得分可以发布？",
  withheld: "暂不发布",
  column: "发布情况",
  corrected: "经医师评分校正",
  restsOnJudge: "依赖评审模型",
  unvalidated: "未经验证的部分",
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
  reason: (gate, specialtyName) => gateReason(gate, "zh", specialtyName),
  note: (n, of) =>
    `${number(of)} 个得分中有 ${number(n)} 个暂不发布，因为它们过多地依赖得不到医师评分支持的评审结果。`,
  judgedOverall: (share) => `总分中至多有 ${share} 依赖未经医师核对的评审结果。`,
  here: (n) => `此处有 ${number(n)} 个得分暂不发布（⊘）：`,
  caption: "所有依赖评审模型的数值及其发布决定。暂不发布的数值在任何表格和下载中均无值。",
  withheldCaption: "暂不发布的数值、原因，以及如何才能发布。",
  none: "没有暂不发布的数值。",
  runs: "系统数",
};
