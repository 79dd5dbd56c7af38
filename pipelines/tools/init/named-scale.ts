// cspell:ignore puntos pontos
import type { Column } from "./column.js";

const range =
  /(-?\d+(?:\.\d+)?)\s*(?:-|–|—|~|to|bis|a|至|到|\.\.)\s*(\d+(?:\.\d+)?)\s*(?:分|points?|pts?|stars?)?/i;
/** In brackets, or at the end after a blank: a name such as `gpt-3.5-4` has no scale. */
const inBrackets = new RegExp(
  `[(（\\[]\\s*(?:scale|likert|score|分值|评分)?[\\s:：]*${range.source}\\s*[)）\\]]`,
  "i",
);
const outOf = /(?:\/|out of|max\.?|满分|共)\s*(\d+)\s*(?:分|points?|pts?)?\s*[)）\]]?\s*$/i;
const percent = /(?:%|％|\bpct\b|\bpercent(?:age)?\b|百分)/i;

/** The scale that the names of all columns give: `Score (1-5)`, `Points /20`, `得分（满分100）`, `accuracy (%)`; null where they do not. */
export function namedScale(
  columns: readonly Column[],
): { readonly min: number; readonly max: number } | null {
  const found = columns.map(({ name }) => scaleIn(name.normalize("NFKC")));
  const [first] = found;
  if (first === undefined || first === null) return null;
  return found.every((one) => one?.min === first.min && one.max === first.max) ? first : null;
}

function scaleIn(name: string): { readonly min: number; readonly max: number } | null {
  const [, low, high] = inBrackets.exec(name) ?? [];
  if (low !== undefined && high !== undefined && Number(low) < Number(high))
    return { min: Number(low), max: Number(high) };
  const [, most] = outOf.exec(name) ?? [];
  if (most !== undefined && Number(most) > 0) return { min: 0, max: Number(most) };
  return percent.test(name) ? { min: 0, max: 100 } : null;
}
