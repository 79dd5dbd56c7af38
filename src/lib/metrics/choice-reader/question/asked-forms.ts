import type { Language } from "../language-packs.js";

/**
 * What an item asks for: the right option, the false statement among true ones ("which is incorrect"), or the one that does
 * not belong to the others ("all of the following EXCEPT").
 */
export type Asks = "right" | "false" | "except";

const ZH_FALSE =
  "错误|不正确|不对|有误|不恰当|不妥|不当|欠妥|不准确|不合适|不合理|不确切|不真实|不成立|不科学|不规范";
const ZH_EXCEPT =
  "不符合|不属于|(?:^|[^是])不是|不包括|不包含|不含|不宜|不应|不需|不必|不可能|不太可能|最不|不支持|不考虑|不具有|不具备|不引起|不见于|不出现|不适合|不适用|不适宜|无关|不涉及|不存在|不作为|不列入";
const ZH_NOUN =
  "一?[项个条组种]|选项|答案|说法|叙述|描述|表述|陈述|论述|观点|理解|处理|做法|措施|诊断|治疗|护理|解释|结论|判断|搭配|组合|操作|方法";

interface Forms {
  readonly false: RegExp;
  readonly except: RegExp;
}

/** By language, what the sentence that asks has; it is tried on single sentences of a text made by `readingText`. */
export const ASKED_FORMS: Readonly<Record<Language, Forms>> = {
  zh: {
    false: new RegExp(
      `(?:${ZH_FALSE})[的之]?(?:是|有|为|哪|${ZH_NOUN})|哪[^,。]{0,20}?(?:${ZH_FALSE})|(?:${ZH_FALSE})的? ?(?:\\( ?\\)|_+)? ?[:?]? ?$`,
      "u",
    ),
    except: new RegExp(
      `除了?[^,。]{0,12}(?:哪|下列|以下|何)[^,。]{0,20}外|除[^,。]{0,40}外[^。]{0,30}[均都皆]|除外|例外|(?:${ZH_EXCEPT})[^,。]{0,24}?[的之]?(?:是|有|为|:|\\( ?\\)|哪|何|一项|选项)|哪[^,。]{0,20}?(?:${ZH_EXCEPT})|哪[^,。可会致起释使]{0,10}(?:不能|不会|没有|不可|不用)|可能性最小|(?:^|[,:、中则]|[下以][列下][^,。可患病]{0,8})(?:不能|不会|不可|不用|没有|不常见|不易)[^,。]{0,24}的[^,。]{0,10}(?:是|有|为|:)`,
      "u",
    ),
  },
  en: {
    false:
      /\b(?:[Ww]hich|[Ww]hat|[Ii]dentify|[Ss]elect|[Cc]hoose|[Mm]ark|[Ff]ind|[Ss]tatements?|following|options?)\b.*(?:\b(?:incorrect|INCORRECT|untrue|inaccurate|erroneous|(?:not|NOT) (?:true|TRUE|correct|accurate|right)|FALSE)\b|\bfalse\b(?!-| positive| negative| labou?r| alarm| memor)|\b(?:is|are) wrong\b|\bwrong (?:statement|option|answer))/u,
    except:
      /\b(?:EXCEPT|LEAST|NOT)\b|\bexcept(?:ing)?[:.?]? ?$|\bfollowing\b.*\bexcept\b|\bleast (?:likely|appropriate|useful|helpful|important|common|suitable|consistent|effective|probable)\b|\b(?:following|these)(?: [\w-]+){0,4} (?:is|are|was|were|would|should|does|do|did|can|could|has|have|will|may)(?: be)?(?: not\b|n['’]t\b)/u,
  },
  pt: {
    false:
      /(?:[Aa]ssinale|ASSINALE|[Mm]arque|[Ii]ndique|[Aa]ponte|[Ii]dentifique|[Aa]lternativa|[Aa]firmativa|[Aa]firma[çc]|[Aa]ssertiva|[Oo]pção|[Qq]ua(?:l|is)|é|:)(?!.*(?:verdadeir|V ou F)).*(?:INCORRET[AO]S?|ERRAD[AO]S?|FALS[AO]S?|incorret[ao]s?|errad[ao]s?|fals[ao]s?(?! (?:positiv|negativ)|-))/u,
    except:
      /(?:^|[^\p{L}])(?:EXCETO|NÃO)(?:[^\p{L}]|$)|exceto[:.?]? ?$|(?:[Qq]ua(?:l|is)|alternativa|opç(?:ão|ões))[^?,]{0,60}? não (?:é|são|está|estão|deve|devem|pode|podem|faz|fazem|se|constitui|representa|apresenta|corresponde)/u,
  },
  es: {
    false:
      /(?:[Ss]eñale|[Mm]arque|[Ii]ndique|[Ee]lija|[Cc]u[aá]l(?:es)?|afirmaci|opción|respuesta|es|:).*(?:INCORRECT[AO]S?|FALS[AO]S?|incorrect[ao]s?|fals[ao]s?(?! (?:positiv|negativ)|-)|erróne[ao]s?)/u,
    except:
      /(?:^|[^\p{L}])(?:EXCEPTO|NO)(?:[^\p{L}]|$)|excepto[:.?]? ?$|[Cc]u[aá]l(?:es)?[^?,]{0,60}? no (?:es|son|está|están|debe|deben|puede|pueden|se|corresponde)/u,
  },
  de: {
    false:
      /(?:[Ww]elche|[Aa]ussage|[Aa]ntwort|:).*(?:\bfalsch(?:e[nrs]?)?\b(?!-)|\bunzutreffend|\bnicht (?:richtig|korrekt|zutreffend))/u,
    except:
      /\b(?:NICHT|AUSSER)\b|\baußer\b|\bausgenommen\b|am wenigsten|\b[Ww](?:elche[rsnm]?|as)\b[^?,]{0,80}? nicht\b/u,
  },
};

/**
 * Words of which every one of these forms has at least one: a quick look at a whole question, in JavaScript and in RE2. What
 * has none asks for the right option.
 */
export const MAY_ASK_OTHERWISE = `${ZH_FALSE}|${ZH_EXCEPT.replace("(?:^|[^是])不是", "不是")}|除|例外|(?:哪|[,:、中]|[下以][列下]|^).{0,24}(?:不|没有)|可能性最小|EXCEPT|except|LEAST|least|NOT|INCORRECT|incorrect|FALSE|false|untrue|inaccurate|erroneous|wrong|(?:not|n['’]t)(?: |$)|INCORRET|incorret|ERRAD|errad|FALS|fals|EXCETO|exceto|NÃO|não|EXCEPTO|excepto|erróne|NO[^A-Z]| no |falsch|unzutreffend|nicht|NICHT|außer|AUSSER|ausgenommen|wenigsten`;
