import type { LanguagePack } from "./language-pack.js";

export const es: LanguagePack = {
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
  hypothesis: "(?:^| |,)(?:si fuera|si el |si la |en caso de que)",
  hearsay: "(?:^| |,)(?:muchos|algunos|distractor)",
  conclusion: "(?:por lo tanto|por tanto|así|en conclusión|en resumen)",
  reason: "porque|ya que|pues|puesto que|debido",
};
