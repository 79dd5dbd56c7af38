import { chinese } from "./words/chinese.js";
import { english } from "./words/english.js";

export type Language = "en" | "zh";

/** Every word a page shows outside its prose. The English dictionary is the shape that the others fill. */
export type Words = {
  readonly [Section in keyof typeof english]: Translated<(typeof english)[Section]>;
};

type Translated<Value> = Value extends string
  ? string
  : Value extends (...values: infer Arguments) => string
    ? (...values: Arguments) => string
    : { readonly [Key in keyof Value]: Translated<Value[Key]> };

const dictionaries: Readonly<Record<Language, Words>> = { en: english, zh: chinese };

export function wordsFor(language: Language): Words {
  return dictionaries[language];
}
