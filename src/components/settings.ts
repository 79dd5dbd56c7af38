import type { ReleasedRow } from "../lib/records/released-tables.js";
import type { CatalogueDocument } from "./documents.js";
import type { Words } from "./words.js";

/**
 * Whether a run states decoding settings other than the standard ones of its benchmark. Settings that a run does not
 * state count as standard.
 */
export function hasOtherSettings(system: ReleasedRow<"systems">, { benchmarks }: CatalogueDocument): boolean {
  const standard = benchmarks.find(({ id }) => id === system.benchmark)?.standardSettings ?? {};
  const stated: Readonly<Record<string, number | null>> = {
    temperature: system.temperature,
    max_tokens: system.max_tokens,
    context: system.context,
  };
  return Object.entries(standard).some(([name, value]) => (stated[name] ?? value) !== value);
}

/** The decoding settings that a run states, in words; '' where it states none. */
export function settingsText(
  { temperature, max_tokens, context }: ReleasedRow<"systems">,
  words: Words,
): string {
  return [
    ...(temperature === null ? [] : [words.common.temperature(temperature)]),
    ...(max_tokens === null ? [] : [words.common.maxTokens(max_tokens)]),
    ...(context === null ? [] : [words.common.context(context)]),
  ].join(words.language.separator);
}
