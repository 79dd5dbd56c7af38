import { matchVariants, type VariantMatch } from "./variant-matcher.js";

/** Items of the warehouse being built: the variants of each, by prompt hash. Question texts stay on disk. */
export class ItemBook {
  readonly #datasets = new Map<string, Map<string, string[]>>();
  /** Variants added so far. */
  size = 0;

  /** Adds a variant and returns its number; `variant` where the source numbers its variants itself. */
  add(place: ItemPlace, hash: string, variant?: number): number {
    const items = this.#items(place) ?? new Map<string, string[]>();
    this.#datasets.set(placeKey(place), items);
    const variants = items.get(place.item) ?? [];
    const number = variant ?? variants.length + 1;
    variants[number - 1] = hash;
    this.size += 1;
    items.set(place.item, variants);
    return number;
  }

  hasDataset(place: Omit<ItemPlace, "item">): boolean {
    return this.#datasets.has(placeKey(place));
  }

  /** Prompt hashes of an item's variants, null where the item is unknown. */
  variants(place: ItemPlace): readonly string[] | null {
    return this.#items(place)?.get(place.item) ?? null;
  }

  match(place: ItemPlace, given: readonly (string | null)[]): (VariantMatch | null)[] {
    return matchVariants(this.variants(place) ?? [], given);
  }

  /** Whether any item of the dataset (or of one part of it) has several variants. */
  hasVariants(place: Omit<ItemPlace, "item">, part: string): boolean {
    for (const [item, variants] of this.#datasets.get(placeKey(place)) ?? [])
      if (variants.length > 1 && (part === "" || item.startsWith(`${part}/`))) return true;
    return false;
  }

  #items(place: Omit<ItemPlace, "item">): Map<string, string[]> | undefined {
    return this.#datasets.get(placeKey(place));
  }
}

export interface ItemPlace {
  readonly benchmark: string;
  readonly pool: string;
  readonly dataset: string;
  readonly item: string;
}

function placeKey({ benchmark, pool, dataset }: Omit<ItemPlace, "item">): string {
  return `${benchmark}\0${pool}\0${dataset}`;
}
