import type { LanguagePack } from "./language-pack.js";

export const pt: LanguagePack = {
  verdict:
    "(?:resposta|alternativa|opção|opcao|letra|gabarito|assertiva|afirmativa|conduta|hipótese diagnóstica|corret[ao]|correct[ao]|cert[ao]|adequad[ao]|apropriad[ao]|indicad[ao]|recomendad[ao]|provável|definitiv[ao]|final|oficial)(?: mais (?:adequada|correta|apropriada|provável))?(?: para (?:a|esta|essa) questão)?(?: é| e| seria| será| deve ser|:| =| está em| está na| corresponde à| corresponde a| encontra-se na)+|(?:resposta|alternativa|opção)(?: mais)? (?:corret[ao]|correct[ao]|cert[ao]|final|adequada)|(?:resposta|gabarito)(?:\\n|\\(| -| –| —| →)|(?:escolho|seleciono|opto por|marcar|assinalar|assinale|marco)",
  denial:
    "(?:cada|toda)(?: uma das)? (?:alternativa|opção|opcao|letra|assertiva|afirmativa)(?:s)?:|(?:incorret[ao]|incorrect[ao]|errad[ao]|fals[ao]|inadequad[ao])(?: é| e| seria|:)|(?:resposta|alternativa|opção)(?: corret[ao])? não (?:é|seria|pode ser)|não (?:marcar|assinalar)",
  between:
    "a|à|o|na|em|por|letra|alternativa|opção|opcao|item|resposta|descrita|apresentada|descrito|que consta",
  noun: "alternativa|opção|opcao|letra|item|resposta",
  praise:
    "(?:é|são|seria|seriam|está|estão|representa|apresenta|corresponde à|descreve)(?: então| portanto| claramente)?(?: a| o| as| os)?(?: única| resposta| alternativa| opção| conduta| mais)* (?:corret[ao]|correct[ao]|cert[ao]|adequad[ao]|apropriad[ao]|que melhor|indicad[ao])|é a (?:resposta|que)",
  trueStatement:
    "(?:afirmativas?|assertivas?|alternativas?|afirmações) (?:corret[ao]s|verdadeiras)(?: é| são|:)",
  falseStatement:
    "(?:alternativa|opção|afirmativa|assertiva|afirmação|resposta)?(?: )?(?:incorret[ao]|errad[ao]|fals[ao]|exceção)(?: é| seria|:)(?: a)?|exceto(?: a)?",
  exception: "(?:incorret[ao]|errad[ao]|fals[ao]|exceção)(?: é| seria|:)",
  copula: " (?:é|são|seria|seriam|será)",
  rejection:
    "(?:(?:é|são|está|estão|seria)(?: também| claramente)* )?(?:incorret|incorrect|errad|fals|inadequad|contraindicad|descartad|não )",
  negation: "não|descarta|descartar|elimina|eliminar|exclui|excluir|que",
  joiner: "e|ou",
  connective: "porque|pois|por|devido|já|é|está|uma vez|que|para",
  refusal:
    "(?:sinto muito|desculpe|peço desculpas)|(?:eu )?não (?:posso|consigo|é possível|tenho como|sou capaz de) (?:responder|fornecer|ajudar|oferecer|auxiliar|escolher|dar|determinar)|como (?:uma |um )?(?:ia|modelo de linguagem|inteligência artificial)",
  hypothesis:
    "(?:^| |,|\\()(?:se (?:fosse|o |a |os |as |não|houvesse|tivesse)|caso (?:fosse|o |a |não|houvesse|tivesse))",
  hearsay: "(?:^| |,)(?:muitos|alguns|distrator|pegadinha|outra questão|questão anterior)",
  elsewhere: "(?:outra|na questão|questão) (?:questão|anterior)",
  here: "(?:esta|nesta|nessa|essa) questão",
  conclusion: "(?:portanto|logo|assim|desse modo|dessa forma|diante disso|em resumo|em conclusão|conclusão)",
  reason: "pois|porque|já que|uma vez que|visto que|devido",
  contrast: " (?:mas|porém|contudo|no entanto) ",
};
