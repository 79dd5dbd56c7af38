import type { FurtherPack } from "./further-pack.js";

export const it: FurtherPack = {
  shownBy: "(?:risposta|opzione|perché|corrett[ae]|scelgo)",
  byScript: false,
  verdict:
    "(?:diagnosi|terapia|trattamento|esame) più (?:probabile|appropriat[oa]|indicat[oa]) è|(?:la |la mia )?(?:risposta|opzione|alternativa|scelta|soluzione)(?: (?:corretta|giusta|esatta|finale|migliore|più (?:appropriata|corretta|probabile)))?(?: (?:a questa domanda))?(?: (?:è(?: quindi| dunque| la)?|sarebbe|sarà|deve essere|risulta))|risposta(?: (?:corretta|esatta|finale))?|(?:scelgo|scegliamo|seleziono|opto per|scelta)|quella corretta è",
  denial:
    "non (?:la |l['’])?(?:risposta|opzione)|(?:risposta|opzione|alternativa|scelta)(?: (?:corretta|giusta|esatta))? non (?:è|può essere|sarebbe)|(?:risposta|opzione|alternativa) (?:sbagliata|errata|scorretta|falsa)(?: è)?|non (?:scelgo|scegliere|scegliamo)|(?:escludo|escludiamo|si esclude|scartiamo)",
  exception:
    "affermazione (?:falsa|errata|sbagliata|non corretta|scorretta)(?: è)?|(?:l['’]eccezione) è|tranne",
  noun: "la|l['’]|il|risposta|opzione|alternativa|lettera|quindi",
  praise:
    "(?:è|risulta|sarebbe) (?:quindi |dunque )?(?:la (?:risposta|più|migliore|scelta|soluzione)|l['’]opzione|corretta|giusta|esatta|quella (?:corretta|giusta|esatta))",
  rejection:
    "(?:(?:è|sono|sarebbe|risulta) (?:quindi |anche )?(?:sbagliata|errata|falsa|scorretta|esclusa|errato|inadeguata|controindicat[oa]))|non (?:è|può|corrisponde|va)",
  hedge: "(?:^|,| |\\()se |nel caso in cui|domanda (?:precedente|successiva)|altra domanda|esempio",
  perhaps: "molti studenti|alcuni (?:studenti|autori|libri)|potrebbe|forse",
  but: "(?:,)? ?(?:ma|bensì)",
  joiner: "e|ed|o|oppure",
  connective: "perché|poiché|in|dato|che|con|è|secondo|quindi",
  refusal:
    "(?:non (?:posso|sono in grado di) (?:rispondere|fornire|scegliere|determinare|dare)|mi dispiace|impossibile (?:rispondere|scegliere|determinare)|come (?:ia|intelligenza|modello|assistente))",
};
