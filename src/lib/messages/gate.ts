import { formatRounded } from "../util/rounding.js";
import { chineseGate } from "./gate-chinese.js";
import { englishGate } from "./gate-english.js";
import type { GateFacts, GateSentences } from "./gate-sentences.js";
import type { Language } from "./render.js";

const languages: Readonly<Record<Language, GateSentences>> = { en: englishGate, zh: chineseGate };

/** Number of slices that a reason names; it only counts the others. */
const namedSlices = 4;

/**
 * Why a figure is published, published with a caveat, or withheld, and what would make a withheld figure publishable.
 */
export function gateReason(
  { decision, rule, measured, threshold, slices, lift, lift_items }: GateFacts,
  language: Language,
  /** Name of a specialty in the language, by its code. */
  specialtyName: (code: string) => string,
): string {
  const text = languages[language];
  const isWithheld = decision === "withhold";
  const parts = [text.rules[rule](percent(measured))];
  if (isWithheld && threshold !== null) parts.push(text.limit(percent(threshold)));
  if (isWithheld && slices !== "") parts.push(text.because(gateSlices(slices, language, specialtyName)));
  if (lift !== null) parts.push(text.lifts[lift](lift_items ?? 0));
  return parts.join(text.semicolon);
}

/**
 * The sentence of a rule, for one figure or for many that it decides.
 *
 * @param share how much of the figures the rule is about, as text: "33.3% to 100%"
 */
export function gateRule(rule: GateFacts["rule"], share: string, language: Language): string {
  return languages[language].rules[rule](share);
}

/** What would make withheld figures publishable. */
export function gateLift(lift: NonNullable<GateFacts["lift"]>, items: number, language: Language): string {
  return languages[language].lifts[lift](items);
}

/** The names of the first slices in the column `slices`, and how many more there are. */
export function gateSlices(
  slices: string,
  language: Language,
  specialtyName: (code: string) => string,
): string {
  const text = languages[language];
  if (slices === "") return "";
  const names = slices.split("|").map((slice) => sliceName(slice, text, specialtyName));
  return text.list(names.slice(0, namedSlices), Math.max(0, names.length - namedSlices));
}

function sliceName(slice: string, text: GateSentences, specialtyName: (code: string) => string): string {
  const colon = slice.indexOf(":");
  const [kind, name] = [slice.slice(0, colon), slice.slice(colon + 1)];
  if (kind === "criterion") return text.keyPoints;
  if (kind !== "specialty") return name;
  return name === "" ? text.noSpecialty : specialtyName(name);
}

const percent = (share: number | null) => (share === null ? "–" : `${formatRounded(share * 100)}%`);
