import type { CatalogueDocument, SystemRow } from "./rows.js";

/**
 * Whether a run states decoding settings other than the standard ones of its benchmark. What a run does not state is
 * not held against it.
 */
export function hasOtherSettings(system: SystemRow, { benchmarks }: CatalogueDocument): boolean {
  const standard = benchmarks.find(({ id }) => id === system.benchmark)?.standardSettings ?? {};
  const stated: Readonly<Record<string, number | null>> = {
    temperature: system.temperature,
    max_tokens: system.max_tokens,
    context: system.context,
  };
  return Object.entries(standard).some(([name, value]) => (stated[name] ?? value) !== value);
}
