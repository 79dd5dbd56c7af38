import type { GateSentences } from "./gate-sentences.js";

const number = (n: number) => n.toLocaleString("zh-CN");

export const chineseGate: GateSentences = {
  rules: {
    no_judge: () => "得分不依赖评审模型",
    validated: () => "得分所依赖的评审结果均已验证",
    corrected: (share) => `${share} 的得分依赖未经医师核对的评审结果；校正得分已计入评审误差`,
    provisional: (share) => `${share} 的得分依赖仅得到医师评分部分支持的评审结果`,
    selected_ratings: () => "已评分的回答不是经评审回答的随机样本，由其得出的评审质量未必适用于其余回答",
    drift_alarm: () => "评审模型在该题库批次发生漂移",
    unvalidated_share: (share) => `${share} 的得分依赖得不到医师评分支持的评审结果`,
    judge_not_rated: (share) => `${share} 的得分依赖尚未与医师比对的评审模型`,
  },
  limit: (share) => `上限为 ${share}`,
  because: (slices) => `涉及${slices}`,
  list: (names, more) => `${names.join("、")}${more > 0 ? `，另有 ${number(more)} 项` : ""}`,
  lifts: {
    rate_more: (items) => `再由医师评 ${number(items)} 题即可判定`,
    recalibrate: () => "须更换评审模型或提示词，或改由医师评分",
  },
  keyPoints: "要点匹配",
  noSpecialty: "未标注专科的题目",
  semicolon: "；",
};
