import { formatRounded } from "../lib/util/rounding.js";
import type { Words } from "./words.js";

/** Numbers as readers see them. Scores and shares are stored 0 to 1 and shown times 100 with one decimal. */

export function formatScore(value: number | null | undefined): string {
  return formatRounded(value === null || value === undefined ? null : value * 100, 1);
}

export function formatPercent(value: number | null | undefined): string {
  return value === null || value === undefined ? "–" : `${formatRounded(value * 100, 1)}%`;
}

export function formatCount(value: number | null | undefined): string {
  return value === null || value === undefined ? "–" : value.toLocaleString("en");
}

export function formatInterval(
  { lower, upper }: { readonly lower: number | null; readonly upper: number | null },
  words: Words,
): string {
  return lower === null || upper === null ? "–" : words.common.to(formatScore(lower), formatScore(upper));
}
