import { normalizeLabel } from "./text-normalization.js";

/** Labels that usually go together: whoever may answer with one of a row may answer with the others. */
const families: readonly (readonly string[])[] = [
  ["true", "false"],
  ["yes", "no"],
  ["correct", "incorrect"],
  ["right", "wrong"],
  ["positive", "negative"],
  ["verdadeiro", "falso"],
  ["verdadero", "falso"],
  ["certo", "errado"],
  ["sim", "não"],
  ["sí", "no"],
  ["oui", "non"],
  ["vrai", "faux"],
  ["ja", "nein"],
  ["richtig", "falsch"],
  ["是", "否"],
  ["对", "错"],
  ["正确", "错误"],
  ["正確", "錯誤"],
  ["有", "无"],
  ["阳性", "阴性"],
];

/** Above these limits labels are free text: they are compared, but not looked for inside an answer. */
const mostLabels = 300;
const longestLabel = 60;
/** An answer that names labels more often than this discusses them and commits to none. */
export const mostMentions = 200;

/** A place where a text names a label. */
export interface LabelMention {
  /** Normalized. */
  readonly label: string;
  readonly start: number;
  readonly end: number;
}

/** The labels that answers to a dataset can give, and where a text names one of them. */
export interface LabelVocabulary {
  /** Normalized labels to their spelling in the list. */
  readonly known: ReadonlyMap<string, string>;
  /** Whether no other labels are allowed. */
  readonly isClosed: boolean;
  /** Mentions in a text in lower case, in order, the longest label at each place; at most one more than `mostMentions`. */
  mentions(text: string): readonly LabelMention[];
}

/**
 * Prepares labels for reading answers.
 *
 * @param labels as the catalogue or the gold answers write them
 * @param isClosed whether the list is complete; otherwise opposites such as `False` are added to `True`
 */
export function labelVocabulary(labels: readonly string[], isClosed: boolean): LabelVocabulary {
  const known = new Map(labels.map((label) => [normalizeLabel(label), label] as const));
  known.delete("");
  if (!isClosed) {
    const given = new Set(known.keys());
    for (const family of families)
      if (family.some((label) => given.has(label)))
        for (const label of family) if (!known.has(label)) known.set(label, label);
  }
  const searched = [...known.keys()].filter((label) => label.length <= longestLabel);
  const pattern =
    searched.length === 0 || searched.length > mostLabels
      ? null
      : new RegExp(
          searched
            .sort((a, b) => b.length - a.length)
            .map(bounded)
            .join("|"),
          "gu",
        );
  const mentions = (text: string): LabelMention[] => {
    const found: LabelMention[] = [];
    for (const { 0: label, index } of pattern === null ? [] : text.matchAll(pattern)) {
      found.push({ label, start: index, end: index + label.length });
      if (found.length > mostMentions) break;
    }
    return found;
  };
  return { known, isClosed, mentions };
}

/**
 * A label as a pattern. Words need word boundaries; a label that is also an everyday word ("no", 是) counts only where it
 * stands alone between punctuation marks.
 */
function bounded(label: string): string {
  const escaped = label.replace(/[.*+?^${}()|[\]\\/-]/gu, "\\$&");
  const isShort = /^\p{Script=Han}$/u.test(label) || /^\p{Script=Latin}{1,3}$/u.test(label);
  if (isShort) return String.raw`(?<=^|[\p{P}\n]\s?)${escaped}(?=\s?(?:$|[\p{P}\n]))`;
  const [before, after] = [/^[\p{L}\p{N}]/u, /[\p{L}\p{N}]$/u].map((end) => end.test(label));
  const isHan = /\p{Script=Han}/u.test(label);
  return `${before && !isHan ? String.raw`(?<![\p{L}\p{N}])` : ""}${escaped}${after && !isHan ? String.raw`(?![\p{L}\p{N}])` : ""}`;
}
