import { dictionaryChinese } from "./dictionary-chinese.js";

/** 表中的英文句子及其译文。 */
const sentences: Readonly<Record<string, string>> = {
  "per doubling of the answer's length": "回答长度每增加一倍",
  "per place in the list of points": "要点次序每后移一位",
  "per place, the same point shown at several": "同一要点换位展示，每后移一位",
  "kappa of the judge with itself": "评审模型与自身的 kappa",
  "no rated answer": "没有已评分的回答",
  "the answers' texts are not in the warehouse": "数据仓库中没有回答原文",
  "no rated criterion stands in a numbered list": "已评分的维度均不在编号列表中",
  "all answers have the same value of what might drive the judge": "所有回答的该项取值相同",
  "no ratings": "没有评分",
  "the rated answers were graded by another version of the judge": "已评分的回答由评审模型的另一版本打分",
  "the ratings are of other systems' answers: another population": "评分针对其他系统的回答，总体不同",
  "the ratings are of another pool: another population": "评分针对另一题库批次，总体不同",
};

/** 表中的文字可能是任何名称，故不直接以其为对象的键。 */
const texts = new Map(Object.entries({ ...dictionaryChinese, ...sentences }));

/** 含名称或数字的句子；$1、$2 为其中的名称与数字。 */
const patterns: readonly (readonly [english: RegExp, chinese: string])[] = [
  [/^(.+) \(the judge's own\)$/, "$1（评审模型所属系列）"],
  [/^all raters, epsilon (.+)$/, "全部评分者，ε = $1"],
  [/^(\d+) rated items, (?:at least )?(\d+) wanted$/, "已评分 $1 题，至少需要 $2 题"],
];

/** 表中英文文字的中文；没有译文的（名称、代码）原样返回。 */
export function tableTextInChinese(text: string): string {
  const pattern = patterns.find(([english]) => english.test(text));
  return pattern === undefined ? (texts.get(text) ?? text) : text.replace(...pattern);
}
