import type { Words } from "./english.js";
import { gatesChinese } from "./gates-chinese.js";

const number = (n: number) => n.toLocaleString("zh-CN");

/** 评审模型页面的用语。 */
export const judgeChinese: Words["judge"] = {
  version: "评审模型",
  ofRecord: (version) => `${version}（当前采用：得分以此为准）`,
  criterion: "评分维度",
  criteria: {
    all: "全部维度",
    correctness: "正确性",
    completeness: "完整性",
    clinical_reasoning: "临床推理",
    reasoning: "临床推理",
    safety: "安全性",
    communication: "沟通表达",
    key_point: "要点",
  },
  nothing: "尚无评审模型与医师评分比对，因此所有依赖评审模型的得分均为暂定。",
  headline: {
    kappa: "评审模型与医师",
    ceiling: "医师与医师",
    noCeiling: "没有回答被重复评分",
    ratings: (ratings, answers, raters) =>
      `${number(raters)} 位医师对 ${number(answers)} 份回答给出 ${number(ratings)} 个评分`,
    interval: (text) => `95% 区间 ${text}`,
  },
  summary: {
    verdict: (kappa, target, action) =>
      action === "recalibrate"
        ? `评审模型与单个医师的 kappa 为 ${kappa}，目标为 ${target}；重新校准之前，其评分为暂定。`
        : action === "warning"
          ? `评审模型与单个医师的 kappa 为 ${kappa}，达到目标 ${target}，但区间下限未达到，请谨慎解读。`
          : `评审模型与单个医师的 kappa 为 ${kappa}，整个区间高于目标 ${target}。`,
    ceiling: (ceiling, below) =>
      below
        ? `医师之间的 kappa 为 ${ceiling}：评审模型与医师的一致程度低于医师之间。`
        : `医师之间的 kappa 为 ${ceiling}：在这些回答上，评审模型与医师的一致程度同医师之间相当。`,
    bias: (points, direction) =>
      direction === "even"
        ? `平均而言与医师一致（相差 ${points} 分）。`
        : `平均比医师${direction === "more" ? "高" : "低"} ${points} 分。`,
    unsafe: (share, criterion) => `医师在${criterion}上判为低分的回答中，评审模型也给低分的占 ${share}。`,
    specialties: (validated, borrowed, failed) =>
      `专科：${validated} 个由自身评分验证，${borrowed} 个仅由其他专科支持，${failed} 个未通过验证。`,
    failed: (names) => `以下专科请勿使用评审模型的得分：${names}。`,
    drift: (alarms, looks) =>
      looks === 0
        ? "尚无第二个版本或题库批次可用于检查漂移。"
        : alarms === 0
          ? `${number(looks)} 次比较均未发现漂移。`
          : `${number(alarms)} 次比较显示漂移。`,
  },
  confusion: {
    caption: (criterion, n) =>
      `${criterion}：同一回答的评审模型评分与医师评分，共 ${number(n)} 对。颜色越浓，数量越多；对角线上二者一致。`,
    judge: "评审模型",
    people: "医师",
    pairs: "对数",
  },
  blandAltman: {
    caption: (criterion) =>
      `${criterion}：评审模型减医师，横轴为二者均值。圆点面积为对数，实线为平均差，虚线为约含 95% 差值的界限。`,
    mean: "评审模型与医师的均值",
    difference: "评审模型减医师",
    limits: "一致性界限",
  },
  validity: {
    caption: (criterion, target, floor, minimum, rate) =>
      `${criterion}：各专科的 kappa 及 95% 区间。实心：由自身评分验证（至少 ${minimum} 题，达到 ${target}，且显著高于 ${floor}）。空心：仅由其他专科支持，标记为合并后的 kappa。叉：未通过验证。由自身评分判为未通过的专科中，预期误判不超过 ${rate}。`,
    kappa: "Kappa 系数",
    own: "自身 kappa",
    pooled: "合并 kappa",
    borrowed: "借用比例",
    action: "措施",
    target: (value) => `目标：${value}`,
    statuses: { validated: "已验证", borrowed: "借用", "not validated": "未通过验证" },
    actions: { none: "无", warning: "警告", recalibrate: "重新校准" },
  },
  drift: {
    none: "只有一个评审模型版本和一个题库批次，暂无可比较。",
    caption: (rate) =>
      `平均评分相对基线的变化及控制限；仅由偶然引起时，这些图中任一张现在或以后越限的概率至多为 ${rate}。越限即为漂移。`,
    change: "变化（分）",
    limit: "控制限",
    alarm: "漂移",
    yes: "是",
    no: "否",
    period: "版本或题库批次",
    baseline: "基线",
  },
  corrected: {
    caption: (set) =>
      `评审回答的平均得分，${set}。空心：评审模型给出。实心：若由医师评分会得到的得分，95% 区间已计入评审误差、评分数量有限，以及（三位及以上医师时）医师的选取。每份评审回答计一次；排行榜的校正得分按评测的权重计。`,
    judge: "仅评审模型",
    corrected: "校正后",
    rated: "已评分",
    about: "区间针对",
    raters: {
      "these raters": "仅这些医师",
      "raters like them": "与参评者同类的医师",
    },
    refused: "未校正原因",
  },
  effects: {
    caption: "评审模型的评分还受哪些因素影响。区间不含 0 表示存在效应；没有估计值的，末列说明原因。",
    effect: "效应",
    subject: "对象",
    estimate: "估计值",
    note: "说明",
    names: {
      self_preference: "自我偏好：比对其他系列多给的分",
      length: "长度：分",
      position: "位置：分",
      self_consistency: "自身一致性：kappa",
      panel: "评审组：排名的 Kendall tau-b",
      alt_test: "替代检验：胜率",
      alt_test_rater: "替代检验（单个评分者）：评审模型胜出的题目占比",
    },
  },
  grras: {
    caption: "信度与一致性研究报告指南（GRRAS），根据本次运行的记录填写；缺失的信息如实标出。",
    item: "条目",
    answer: "本报告",
    gap: "无记录",
  },
  gates: gatesChinese,
  slice: "切片",
  items: "题数",
};
