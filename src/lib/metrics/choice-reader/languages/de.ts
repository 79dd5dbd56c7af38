import type { LanguagePack } from "./language-pack.js";

export const de: LanguagePack = {
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
  hypothesis: "(?:^| |,)(?:wenn|falls|angenommen)",
  hearsay: "(?:^| |,)(?:viele|manche|einige)",
  conclusion: "(?:daher|somit|also|folglich|deshalb|zusammenfassend)",
  reason: "weil|da|denn",
};
