import { anyCase } from "./clean.js";

/** Languages of the messages. */
export type Language = "zh" | "en" | "pt" | "de" | "es";

/** Phrases of one language for the rules: pattern sources, valid in JavaScript and in RE2, without capturing groups. */
export interface LanguagePack {
  /** Announces the letter that follows, such as "the correct answer is". */
  readonly verdict: string;
  /** Looks like a verdict but is not one ("the answer is not"): skipped together with the letter after it. */
  readonly denial: string;
  /** Words between verdict and letter: "the", "letter", "option". */
  readonly between: string;
  /** Names an option, before its letter: "option C". */
  readonly noun: string;
  /** Declares the option before it correct: "is the correct answer". */
  readonly praise: string;
  /** Announces the odd one out of a negative stem: "the incorrect statement is". */
  readonly exception: string;
  /** Ends the clause that the option completes: "is". */
  readonly copula: string;
  /** Declares the option before it wrong. */
  readonly rejection: string;
  /** Rules out the option after it: "not". */
  readonly negation: string;
  /** Joins the letters of a list: "and". */
  readonly joiner: string;
  /** Can follow the letter A where an article could not: "because". */
  readonly connective: string;
  /** Opens a response that declines to answer. */
  readonly refusal: string;
}

const zh: LanguagePack = {
  verdict:
    "(?:答案|正解|正确选项|正确的选项|最佳选项|正确项|正确的是|最合适的是|最佳选择)(?:应该|应当|应|就|即)?(?:是|为|选择|选|:|=)?|(?:故|因此|所以|综上)?(?:本题|此题)?(?:应该|应当|应|我|故|可)?选择?(?:的是|:)?|答(?:是|:)|\n答",
  denial:
    "不(?:能|应|要|可|该)?选择?|(?:错误|参考)?答案(?:并)?(?:不是|不为|不应)|错误答案(?:是|为|:)?|(?:排除|备)选",
  between: "选项|答案|选择|选|第|是|为",
  noun: "选项|答案|选",
  praise: "(?:选项|项)?(?:是|为)?(?:最佳|最)?(?:正确|合适|恰当)(?:的|答案|选项|。|,)",
  exception: "(?:错误|不正确|不属于|不包括|不符合|不恰当|不合适)(?:的)?(?:选项)?(?:是|为|:)",
  copula: "(?:是|为)",
  rejection: "(?:错误|不正确|错|不对)",
  negation: "不|非|排除",
  joiner: "和|与|及|或",
  connective: "因为|由于",
  refusal:
    "(?:抱歉|对不起)|(?:我|本人|作为(?:一个|一名)?(?:人工智能|ai|语言模型)).{0,30}(?:无法|不能)(?:回答|提供|选择|给出|作答)|无法(?:回答|作答)|拒绝(?:回答|作答)",
};

const en: LanguagePack = {
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

const pt: LanguagePack = {
  verdict:
    "(?:resposta|alternativa|opção|opcao|letra|gabarito|assertiva|afirmativa|conduta|hipótese diagnóstica|corret[ao]|correct[ao]|cert[ao]|adequad[ao]|apropriad[ao]|indicad[ao]|recomendad[ao]|provável|definitiv[ao]|final|oficial)(?: mais (?:adequada|correta|apropriada|provável))?(?: para (?:a|esta|essa) questão)?(?: é| e| seria| será| deve ser|:| =| está em| está na| corresponde à| corresponde a| encontra-se na)+|(?:resposta|alternativa|opção)(?: mais)? (?:corret[ao]|correct[ao]|cert[ao]|final|adequada)|(?:resposta|gabarito)(?:\\n|\\(| -| –| —| →)|(?:escolho|seleciono|opto por|marcar|assinalar|assinale|marco)",
  denial:
    "(?:cada|toda)(?: uma das)? (?:alternativa|opção|opcao|letra|assertiva|afirmativa)(?:s)?:|(?:incorret[ao]|incorrect[ao]|errad[ao]|fals[ao]|inadequad[ao])(?: é| e| seria|:)|(?:resposta|alternativa|opção)(?: corret[ao])? não (?:é|seria|pode ser)|não (?:marcar|assinalar)",
  between:
    "a|à|o|na|em|por|letra|alternativa|opção|opcao|item|resposta|descrita|apresentada|descrito|que consta",
  noun: "alternativa|opção|opcao|letra|item|resposta",
  praise:
    "(?:é|são|seria|seriam|está|estão|representa|apresenta|corresponde à|descreve)(?: então| portanto| claramente)?(?: a| o| as| os)?(?: única| resposta| alternativa| opção| conduta| mais)* (?:corret[ao]|correct[ao]|cert[ao]|adequad[ao]|apropriad[ao]|que melhor|indicad[ao])|é a (?:resposta|que)",
  exception: "(?:incorret[ao]|errad[ao]|fals[ao]|exceção)(?: é| seria|:)",
  copula: " (?:é|são|seria|seriam|será)",
  rejection: "(?:incorret|incorrect|errad|fals|inadequad)",
  negation: "não|descarta|descartar|elimina|eliminar|exclui|excluir|que",
  joiner: "e|ou",
  connective: "porque|pois|por|devido|já|é|está|uma vez|que|para",
  refusal:
    "(?:sinto muito|desculpe|peço desculpas)|(?:eu )?não (?:posso|consigo|é possível|tenho como|sou capaz de) (?:responder|fornecer|ajudar|oferecer|auxiliar|escolher|dar|determinar)|como (?:uma |um )?(?:ia|modelo de linguagem|inteligência artificial)",
};

const de: LanguagePack = {
  verdict:
    "(?:antwort|lösung|option|antwortmöglichkeit|aussage|auswahl)(?:en)?(?: lautet| ist| wäre| sind|:| =)(?: daher| somit| also| demnach)?|(?:richtig|korrekt|zutreffend|korrekte|richtige)(?: ist| wäre|:)(?: daher| somit| also)?|(?:richtige|korrekte|beste) (?:antwort|option)|(?:ich wähle|ich entscheide mich für)|(?:antwort|lösung)(?:\\n|\\(| -| –| —| →)",
  denial:
    "(?:jede|aller|alle) (?:antwort|option|aussage)(?:en)?:|(?:falsche|falsch|inkorrekt|inkorrekte|unrichtige)(?: antwort| option| aussage)?(?: lautet| ist| wäre|:)|(?:antwort|option) ist nicht|nicht richtig ist|nicht korrekt ist",
  between: "die|der|das|antwort|option|buchstabe|möglichkeit|daher|somit|also",
  noun: "antwort|option|antwortmöglichkeit|aussage|buchstabe|möglichkeit",
  praise:
    "(?:ist|wäre)(?: daher| somit| also)?(?: die)? (?:richtig|korrekt|zutreffend|richtige|korrekte|beste)",
  exception: "(?:falsch|nicht zutreffend|falsche aussage)(?: ist|:)",
  copula: " (?:ist|sind|wäre)",
  rejection: "(?:falsch|inkorrekt|nicht|unzutreffend)",
  negation: "nicht|keine|als",
  joiner: "und|oder",
  connective: "weil|da|denn|ist",
  refusal:
    "(?:tut mir leid|entschuldigung)|ich (?:kann|darf|möchte|werde).{0,40}(?:nicht|keine)|als (?:ki|sprachmodell|künstliche intelligenz)",
};

const es: LanguagePack = {
  verdict:
    "(?:respuesta|alternativa|opción|opcion|letra|correct[ao]|adecuad[ao]|apropiad[ao]|indicad[ao]|probable)(?: más (?:adecuada|correcta|probable))?(?: es| sería| será| debe ser|:| =| corresponde a)+|(?:respuesta|opción|opcion|alternativa) (?:correct[ao]|final)|respuesta(?:\\n|\\(| -| –| —| →)|(?:elijo|selecciono|escojo)",
  denial:
    "cada(?: una de las)? (?:opción|opcion|alternativa|respuesta)(?:s)?:|(?:incorrect[ao]|errónea|fals[ao]|inadecuad[ao])(?: es| sería|:)|(?:respuesta|opción)(?: correcta)? no (?:es|sería|puede ser)",
  between: "la|el|letra|opción|opcion|alternativa|respuesta|inciso",
  noun: "opción|opcion|alternativa|letra|respuesta|inciso",
  praise:
    "(?:es|sería)(?: por tanto)?(?: la| el)?(?: única| respuesta| opción| más)* (?:correct[ao]|adecuad[ao]|apropiad[ao]|indicad[ao])|es la respuesta",
  exception: "(?:incorrect[ao]|fals[ao]|errónea|excepción)(?: es|:)",
  copula: " (?:es|son|sería)",
  rejection: "(?:incorrect|fals|erróne)",
  negation: "no|descarta|descartar|excluye|que",
  joiner: "y|o|u",
  connective: "porque|ya|pues|debido|es|está|para|puesto",
  refusal:
    "(?:lo siento|lo lamento|disculpe|perdón)|no (?:puedo|es posible|soy capaz de) (?:responder|proporcionar|ayudar|ofrecer|elegir|dar|determinar)|como (?:una |un )?(?:ia|modelo de lenguaje|inteligencia artificial)",
};

// Two words of a phrase are separated by spaces and, in markdown, by bold or italic marks.
const expand = (source: string) =>
  anyCase(source.replaceAll("[ao]", "(?:a|o)")).replaceAll(" ", "[ \u00a0*_]+");

/** Alternatives of a single letter ("a", "o", "e") stay lower case: in upper case they may be the answer. */
const expandWords = (source: string) =>
  source
    .split("|")
    .map((word) => (word.length === 1 ? word : expand(word)))
    .join("|");

const WORD_LISTS: ReadonlySet<string> = new Set(["between", "joiner"]);

/** The packs, ready to be joined into one pattern. */
export const LANGUAGE_PACKS: Readonly<Record<Language, LanguagePack>> = {
  zh: expandPack(zh),
  en: expandPack(en),
  pt: expandPack(pt),
  de: expandPack(de),
  es: expandPack(es),
};

function expandPack(pack: LanguagePack): LanguagePack {
  return Object.fromEntries(
    Object.entries(pack).map(([part, source]) => [
      part,
      WORD_LISTS.has(part) ? expandWords(source) : expand(source),
    ]),
  ) as Record<keyof LanguagePack, string>;
}

export const LANGUAGES = Object.keys(LANGUAGE_PACKS) as readonly Language[];
