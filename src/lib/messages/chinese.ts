import type { Sentences } from "./codes.js";

const number = (n: number) => n.toLocaleString("zh-CN");

export const chineseSentences: Sentences = {
  "no-rated-answer": () => "没有已评分的回答",
  "one-value-only": () => "双方只用到一个分值，kappa 无定义（0/0）",
  "one-item-only": () => "评分只涉及一道题，无法计算标准误",
  "too-few-items-for-interval": ({ found, wanted }) =>
    `已评分题目仅 ${number(found)} 道，不足以给出区间，至少需要 ${number(wanted)} 道`,
  "no-disagreement": () => "各题的一致程度完全相同，无法估计误差",

  "below-target": ({ target }) => `自身评分表明 kappa 低于 ${target}`,
  "reaches-target": ({ target, floor }) => `自身评分的 kappa 达到 ${target}，且显著高于 ${floor}`,
  "no-kappa": () => "由其评分无法计算 kappa",
  "too-few-slices": () => "切片过少，无从借用",
  "few-items-borrowed": ({ items, floor }) =>
    `自身仅有 ${number(items)} 道已评分题目；其他切片支持 kappa 高于 ${floor}`,
  "undecided-borrowed": ({ floor }) => `自身评分不足以判定；其他切片支持 kappa 高于 ${floor}`,
  "below-other-slices": ({ items: n }) =>
    `${number(n)} 道题的评分提示 kappa 低于其他切片，其他切片不能作为依据`,
  "not-above-floor": ({ floor }) => `即使结合其他切片，也不支持 kappa 高于 ${floor}`,

  "too-few-shared-items": () => "两次均打分的题目不足两道",
  "too-few-rated-items-in-pool": () => "其中一个题库批次的已评分题目不足两道",

  "answers-not-stored": () => "数据仓库中没有回答原文",
  "no-numbered-criterion": () => "已评分的维度均不属于编号列表",
  "no-variation": () => "所有回答的该项取值相同",
  "no-testable-rater": ({ wanted }) =>
    `没有任何评分者有 ${number(wanted)} 道题同时由评审模型和另一位评分者评过`,
  "too-few-compared-items": ({ found, wanted }) =>
    `可比较的题目仅 ${number(found)} 道，需要 ${number(wanted)} 道`,
  "too-few-systems": () => "两个评审模型均打分的系统不足两个",
  "systems-tied": () => "其中一个评审模型给所有系统的均分相同",

  "own-family": ({ family }) => `${family}（评审模型所属系列）`,
  family: ({ family }) => family,
  "length-doubling": () => "回答长度每增加一倍",
  "list-place": () => "要点次序每后移一位",
  "shuffled-place": () => "同一要点换位展示，每后移一位",
  "judge-itself": () => "同一评审模型再次打分",
  "all-raters": ({ epsilon }) => `全部评分者，ε = ${epsilon}`,
  rater: ({ rater }) => rater,
  "other-judge": ({ judge, place }) => `${judge}（${place}）`,

  "too-few-rated-items": ({ found, wanted }) => `已评分 ${number(found)} 题，至少需要 ${number(wanted)} 题`,
  "other-judge-version": () => "已评分的回答由评审模型的另一版本打分",
  "other-systems-rated": () => "仅其他系统的回答有评分，总体不同",
  "other-pool-rated": () => "仅另一题库批次的回答有评分，总体不同",
  "no-ratings": () => "没有评分",
  "unseen-errors": ({ found, missed, wanted }) =>
    `已评分的 ${number(found)} 题与评审模型的差值完全相同，无法估计评审误差：最多可有 ${missed}% 的回答出错而未被抽到；评分 ${number(wanted)} 题即可`,
  "unrated-part": ({ part, percent }) =>
    `占评审权重 ${percent}% 的部分（如 ${part}）没有任何回答被评分；请对全部经评审的回答抽样评分（medbench rating-packet）`,
  "selected-ratings": ({ rated, others, p }) =>
    `已评分的回答不是经评审回答的随机样本：按评审模型打分的低/中/高档，已评分者占 ${rated}%，其余占 ${others}%（p = ${p}）；请随机抽样评分（medbench rating-packet），或提供本次抽样的入选概率`,

  "no-comparable-run": () => "没有其他运行在相同条件下取得该得分",
  "too-many-groups": () => "题组过多，无法逐组比较系统",
  "incomplete-score": () => "得分不完整：部分任务没有得分",
  "too-few-rated-answers": () => "其已评分的回答过少",
  "constant-difference": () => "差值在各题组间没有变化，无法计算标准误",

  "wilson-groups": () => "按有效题组数计算的威尔逊区间",
  "wilson-rows": () => "按行计算的威尔逊区间，视各行为独立",
  "score-groups": () => "加权平均的得分区间，按各部分的有效题组数计算",
  "joint-rank-sets": () => "联合名次置信集，对学生化差值逐步下降",
  "marginal-rank-sets": () => "单独名次置信集，对学生化差值逐步下降",
};
