import { mean } from "../util/sum.js";
import { setOverlap } from "./set-overlap.js";

/** Maps a code to its ancestor at one level; null where the code has none. */
export type CodeLevel = (code: string) => string | null;

/** First three characters of the first and of the last category of each ICD-10 chapter, in order I to XXII. */
const chapters: readonly [first: string, last: string, chapter: string][] = [
  ["A00", "B99", "I"],
  ["C00", "D49", "II"],
  ["D50", "D89", "III"],
  ["E00", "E90", "IV"],
  ["F00", "F99", "V"],
  ["G00", "G99", "VI"],
  ["H00", "H59", "VII"],
  ["H60", "H95", "VIII"],
  ["I00", "I99", "IX"],
  ["J00", "J99", "X"],
  ["K00", "K95", "XI"],
  ["L00", "L99", "XII"],
  ["M00", "M99", "XIII"],
  ["N00", "N99", "XIV"],
  ["O00", "O9A", "XV"],
  ["P00", "P96", "XVI"],
  ["Q00", "Q99", "XVII"],
  ["R00", "R99", "XVIII"],
  ["S00", "T98", "XIX"],
  ["V00", "Y99", "XX"],
  ["Z00", "Z99", "XXI"],
  ["U00", "U99", "XXII"],
];

/** The three-character ICD-10 category, `I21` of `I21.0`; null for text that is not a code. */
export const icd10Category: CodeLevel = (code) => {
  const category = normalized(code).slice(0, 3);
  return /^[A-Z]\d[\dA-Z]$/u.test(category) ? category : null;
};

/** The ICD-10 chapter in Roman numerals, `IX` of `I21.0`; with the ranges of both ICD-10 and ICD-10-CM. */
export const icd10Chapter: CodeLevel = (code) => {
  const category = icd10Category(code);
  if (category === null) return null;
  return chapters.find(([first, last]) => first <= category && category <= last)?.[2] ?? null;
};

/** Full code, category and chapter of ICD-10. */
export const icd10Levels: Readonly<Record<"full" | "category" | "chapter", CodeLevel>> = {
  full: (code) => normalized(code),
  category: icd10Category,
  chapter: icd10Chapter,
};

function normalized(code: string): string {
  return code.normalize("NFKC").replace(/[\s.]/gu, "").toUpperCase();
}

/** Scores of predicted codes at one level of the hierarchy. */
export interface CodeLevelScores {
  /** Mean over items with gold codes; an item without predictions has precision 0. */
  readonly precision: number | null;
  readonly recall: number | null;
  readonly f1: number | null;
  readonly n: number;
}

/**
 * Code lists compared as sets at each level of a hierarchy (CliBench; protocols P14): codes are cut to the level first,
 * so that two codes of one chapter count as one. A predicted code that does not belong to the level counts as a false
 * positive, such a gold code as a miss. Macro average over items; items without gold codes are left out.
 *
 * @example codeLevelScores([{gold: ["I21.0"], predicted: ["I21.4"]}]).category.f1 // 1
 */
export function codeLevelScores<Level extends string = "full" | "category" | "chapter">(
  items: readonly { readonly gold: readonly string[]; readonly predicted: readonly string[] }[],
  levels: Readonly<Record<Level, CodeLevel>> = icd10Levels as Readonly<Record<Level, CodeLevel>>,
): Readonly<Record<Level, CodeLevelScores>> {
  const used = items.filter(({ gold }) => gold.length > 0);
  const scores = Object.entries<CodeLevel>(levels).map(([name, level]) => {
    const cut = (side: string) => (code: string) =>
      level(code) ?? `${side} code not placed: ${normalized(code)}`;
    const overlaps = used.map(({ gold, predicted }) =>
      setOverlap(gold.map(cut("gold")), predicted.map(cut("predicted"))),
    );
    const macro = (values: readonly number[]) => (values.length === 0 ? null : mean(values));
    const summary: CodeLevelScores = {
      precision: macro(overlaps.map(({ precision }) => precision ?? 0)),
      recall: macro(overlaps.map(({ recall }) => recall ?? 0)),
      f1: macro(overlaps.map(({ f1 }) => f1)),
      n: used.length,
    };
    return [name, summary] as const;
  });
  return Object.fromEntries(scores) as Record<Level, CodeLevelScores>;
}
