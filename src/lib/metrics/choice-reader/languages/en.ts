import type { LanguagePack } from "./language-pack.js";

export const en: LanguagePack = {
  verdict:
    "(?:answer|answers|choice|choices|option|options|statement|letter|solution|response)(?: to (?:the|this) question)?(?: here)?(?:(?: would| should| must| will| has to)? be| is| are|:| =)(?: therefore| thus| likely| most likely| probably| clearly| indeed| still)?|(?:correct|right|best|final|most appropriate) (?:answer|option|choice)|(?:i|we|i'd|i'll)(?: would| will| must)?(?: confidently)? (?:choose|select|pick|go with|answer)|answer(?:\\n|\\(| -| –| —| →)",
  denial:
    "(?:each|every|all|both)(?: of)?(?: the)?(?: answer)? (?:option|choice|statement)(?:s)?:|(?:incorrect|wrong|false|worst|not the (?:correct|right|best)|least likely) (?:answer|option|choice)(?:s)?(?: is| are|:)|(?:answer|choice|option) (?:(?:is|are|would|could|can|should)(?: definitely| clearly| certainly| therefore)? not|cannot|can't|isn't|can’t|isn’t)(?: be)?|(?:do not|don't|not|n't) (?:choose|select|pick)",
  between: "the|option|choice|letter|answer|indeed|that of|number",
  noun: "option|choice|answer|letter",
  praise:
    "(?:is|would be|must be|seems|appears)(?: indeed| likely| clearly)?(?: the)? (?:correct|right|best|most appropriate|most likely|answer)",
  exception: "(?:incorrect|false|wrong|untrue|not true) (?:statement|one)(?: is|:)|exception(?: is|:)",
  copula: " (?:should be|would be|is|are)",
  rejection: "(?:incorrect|wrong|false|not (?:correct|true))",
  negation: "not|than|unlike|exclude|excludes|excluding|rule out|rules out|eliminate",
  joiner: "and|or",
  connective: "because|since|as|for|is|was|due|given|with|and",
  refusal:
    "sorry|(?:i|as an ai.{0,40}?i) (?:cannot|can't|can’t|can not|am unable to|am not able to|will not|won't|must decline|decline to|refuse to)|i(?:'m|’m| am) (?:unable|not able|not qualified)|as an ai(?: language)?(?: model| assistant)?",
};
