/** The word for each plural category that the language has; English has `one` and `other`. */
export type PluralForms = { readonly other: string } & {
  readonly [Category in Exclude<Intl.LDMLPluralRule, "other">]?: string;
};

/**
 * Writes a number with the word in the form required by the language's plural rules.
 *
 * @example pluralizer("en")(1, { one: "item", other: "items" }) // "1 item"
 */
export function pluralizer(locale: string): (n: number, forms: PluralForms) => string {
  const rules = new Intl.PluralRules(locale);
  return (n, forms) => `${n.toLocaleString(locale)} ${forms[rules.select(n)] ?? forms.other}`;
}

const english = pluralizer("en");

/** @example englishPlural(2, "item", "items") // "2 items" */
export const englishPlural = (n: number, one: string, other: string): string => english(n, { one, other });
