import type { MutationOperator } from "./operator.js";
import { inCaseOf, type Rewrite, rewriteOne } from "./places.js";

/** A negative phrase and its positive form. Longer phrases come before their parts. */
const chinese: readonly (readonly [pattern: string, positive: string])[] = [
  ["不能(?!不)", "能"],
  ["不可(?!避免|逆|或缺|分|思议)", "可"],
  ["不宜", "宜"],
  ["不应(?!期)", "应"],
  ["不得(?!不|已)", "可"],
  ["不要(?!紧)", "要"],
  ["不与(?=[^，。；]{0,40}(?:同用|合用|联用|同服|并用))", "与"],
  ["不建议", "建议"],
  ["不推荐", "推荐"],
  ["不需要?", "需要"],
  ["不存在", "存在"],
  ["不支持", "支持"],
  ["不伴", "伴"],
  ["无需", "需"],
  ["无须", "须"],
  ["无(?=明显|发热|胸痛|出血|过敏|禁忌|感染|转移|压痛|皮疹|呕吐|咯血|高血压|糖尿病)", "有"],
  ["未见", "可见"],
  ["未发现", "发现"],
  ["否认", "承认"],
  ["禁用", "可用"],
  ["禁止", "允许"],
  ["禁忌(?!证|症)", "适用"],
  ["切勿", "应"],
  ["(?<!不可|难以|以|为了|从而|来)避免(?!了)", "可以"],
];

const english: readonly (readonly [pattern: string, positive: string])[] = [
  ["do not|don['’]t", "do"],
  ["does not|doesn['’]t", "does"],
  ["should not|shouldn['’]t", "should"],
  ["must not|mustn['’]t", "must"],
  ["cannot|can not|can['’]t", "can"],
  ["is not(?! only| just)|isn['’]t", "is"],
  ["are not(?! only| just)|aren['’]t", "are"],
  ["no evidence of", "evidence of"],
  ["no history of", "a history of"],
  ["never", "always"],
  ["(?<!to )avoid", "use"],
  ["(?<!not )contraindicated", "indicated"],
  ["without(?! delay)", "with"],
  ["denies", "reports"],
  ["not recommended", "recommended"],
];

const rules: readonly Rewrite[] = [
  ...chinese.map(([pattern, positive]) => ({ pattern: new RegExp(pattern, "gu"), replace: () => positive })),
  ...english.map(([pattern, positive]) => ({
    pattern: new RegExp(`\\b(?:${pattern})(?!\\w)`, "giu"),
    replace: ([found]: RegExpExecArray) => inCaseOf(found, positive),
  })),
];

/**
 * `不宜使用` becomes `宜使用`, `do not give` becomes `do give`. Matches only whole negative phrases: 不良反应, 不能不 and "not only"
 * are not negations.
 */
export const negationDropped: MutationOperator = {
  id: "negation-dropped",
  kind: "dangerous",
  summary: "a negation or prohibition dropped",
  apply: (answer, _context, random) => rewriteOne(answer, rules, random),
};
