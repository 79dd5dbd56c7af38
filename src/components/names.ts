import type { CatalogueDocument, TaxonomyDocument } from "./rows.js";
import type { Language } from "./words.js";

/** Readable names for ids; an id that no document names is shown as it is. */
export interface Names {
  readonly track: (id: string) => string;
  readonly dimension: (id: string) => string;
  readonly dataset: (id: string) => string;
  readonly specialty: (code: string) => string;
}

export function namesFor(
  catalogue: CatalogueDocument,
  taxonomy: TaxonomyDocument,
  language: Language,
): Names {
  const lookUp = (entries: readonly (readonly [string, string | undefined])[]) => {
    const byId = new Map(entries);
    return (id: string) => byId.get(id) ?? id;
  };
  return {
    track: lookUp(catalogue.tracks.map(({ id, name }) => [id, name[language]])),
    dimension: lookUp(catalogue.dimensions.map(({ id, name }) => [id, name[language]])),
    dataset: lookUp(catalogue.datasets.map(({ id, name }) => [id, name?.[language]])),
    specialty: lookUp(taxonomy.specialties.map(({ code, name }) => [code, name[language] || name.zh])),
  };
}
