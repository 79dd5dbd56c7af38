import type { CatalogueDocument, TaxonomyDocument } from "./documents.js";
import type { Language } from "./words.js";

/** Readable names for ids; an id that no document names is shown as it is. */
export interface Names {
  readonly benchmark: (id: string) => string;
  readonly track: (id: string) => string;
  readonly dimension: (id: string) => string;
  readonly specialty: (code: string) => string;
}

export function namesFor(
  { benchmarks }: CatalogueDocument,
  taxonomy: TaxonomyDocument,
  language: Language,
): Names {
  const lookUp = (
    entries: readonly { readonly id: string; readonly name: Readonly<Record<Language, string>> }[],
  ) => {
    const byId = new Map(entries.map(({ id, name }) => [id, name[language] || name.zh]));
    return (id: string) => byId.get(id) ?? id;
  };
  return {
    benchmark: lookUp(benchmarks),
    track: lookUp(benchmarks.flatMap(({ tracks }) => tracks)),
    dimension: lookUp(benchmarks.flatMap(({ dimensions }) => dimensions)),
    specialty: lookUp(taxonomy.map(({ code, name }) => ({ id: code, name }))),
  };
}
