import type { FurtherPack } from "./further-pack.js";

export const fr: FurtherPack = {
  shownBy:
    "(?:réponse|n['’]est|c['’]est|l['’]option|propositions? (?:est|sont|exacte|correcte|fausse)|la bonne)",
  byScript: false,
  verdict:
    "(?:diagnostic|traitement|examen|prise en charge) (?:le|la) plus (?:probable|approprié|appropriée|adapté|adaptée) est|(?:la |ma |notre )?(?:bonne |meilleure |seule )?(?:réponse|proposition|option|solution)(?: (?:correcte|exacte|juste|finale|attendue|la plus (?:appropriée|probable|adaptée)|est donc))?(?: (?:à cette question))?(?: (?:est(?: donc| bien| la| l['’]option)?|serait|sera|doit être|reste))|(?:réponse)(?: (?:correcte|exacte|finale))?|(?:je|nous) (?:choisis|choisissons|retiens|retenons|sélectionne|opte pour|coche)|il faut (?:choisir|cocher|répondre)|(?:il s['’]agit (?:donc )?de (?:la|l['’]) ?(?:réponse|option|proposition))",
  denial:
    "pas (?:la |l['’])?(?:réponse|option|proposition)|(?:réponse|proposition|option|solution)(?: (?:correcte|exacte))? (?:n['’]est (?:donc )?pas|ne peut(?: pas)? être|ne serait pas)|(?:mauvaise|fausse)(?: (?:réponse|proposition|option))(?: est)?|(?:réponse|option) (?:fausse|incorrecte|inexacte)(?: est)?|(?:ne) (?:choisis|choisissons|cochez|retiens|retenons) pas|(?:on|nous|j['’])(?: )?(?:élimine|éliminons|exclut|excluons|exclus)",
  exception:
    "(?:proposition|affirmation) (?:fausse|incorrecte|inexacte|erronée)(?: est)?|(?:l['’]exception) est|(?:sauf)",
  noun: "la|l['’]|réponse|option|proposition|lettre|item|choix|donc",
  praise:
    "(?:est|serait|reste) (?:donc )?(?:la (?:bonne|meilleure|seule)|la plus|correcte|exacte|la réponse|le bon choix|juste)|est (?:la )?(?:réponse )?(?:correcte|exacte)",
  rejection:
    "(?:(?:est|sont|serait|semble) (?:donc |aussi |également )?(?:fausse|incorrecte|inexacte|erronée|faux|exclue|éliminée|inadaptée|contre-indiquée?))|n['’]est (?:donc )?pas|ne (?:convient|correspond|peut)|n['’]a pas",
  hedge: "(?:^|,| |\\()si |s['’]il|à condition|question (?:précédente|suivante)|autre question|exemple",
  perhaps:
    "beaucoup d['’]étudiants|certains (?:étudiants|auteurs|livres)|des étudiants|pourrait être|peut-être|serait possible",
  but: "(?:,)? ?mais(?: bien)?",
  joiner: "et|ou",
  connective: "car|parce|puisque|en|qui|avec|étant|donc|est|selon",
  refusal:
    "(?:je ne (?:peux|suis) pas|(?:je suis |nous sommes )?désolé|impossible de (?:répondre|choisir|déterminer)|en tant qu['’](?:ia|intelligence|assistant|modèle))",
};
