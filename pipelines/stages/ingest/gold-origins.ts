import type { Ledger, Span } from "./ledger.js";
import type { SourceFile } from "./source-files.js";

/** Columns of a row that say where its gold came from; absent where it has none. */
export const goldOriginColumns = {
  /** Number of the file in `GoldOrigins`. */
  gold_file: "INTEGER",
  gold_line: "BIGINT",
  gold_offset: "BIGINT",
  gold_length: "BIGINT",
} as const;

/** Where one gold answer was found. */
export interface GoldPlace {
  readonly gold_file: number;
  readonly gold_line: number;
  readonly gold_offset?: number | undefined;
  readonly gold_length?: number | undefined;
}

/** Rows of a mapped table: enters the refusal of one of them under the name that its rows have in the ledger. */
export type RefuseMapped = (refusals: ReadonlyMap<number, string>) => Promise<void>;

/**
 * The files and mappings that gave gold, by number. Rows carry the number, so that gold which turns out to be wrong once all
 * sources are merged can be entered in the ledger at its line.
 */
export class GoldOrigins {
  readonly #all: (SourceFile | RefuseMapped)[] = [];
  readonly #known = new Map<SourceFile, number>();

  /** The origin columns of a line. */
  ofLine(file: SourceFile, { line, offset, length }: Span): GoldPlace {
    const number = this.#known.get(file) ?? this.#all.push(file) - 1;
    this.#known.set(file, number);
    return { gold_file: number, gold_line: line, gold_offset: offset, gold_length: length };
  }

  /** The number for `gold_file` of a mapped table. */
  ofMapping(refuse: RefuseMapped): number {
    return this.#all.push(refuse) - 1;
  }

  /**
   * Enters refused gold: its line counts as quarantined and no longer as taken, although the item itself stays.
   *
   * @param refusals reasons for people, with the place of each
   */
  async refuse(refusals: readonly { readonly place: GoldPlace; readonly detail: string }[], ledger: Ledger) {
    const byFile = new Map<number, Map<number, { place: GoldPlace; detail: string }>>();
    for (const { place, detail } of refusals) {
      const lines = byFile.get(place.gold_file) ?? new Map<number, { place: GoldPlace; detail: string }>();
      const before = lines.get(place.gold_line)?.detail;
      lines.set(place.gold_line, { place, detail: before === undefined ? detail : `${before}; ${detail}` });
      byFile.set(place.gold_file, lines);
    }
    for (const [number, lines] of byFile) {
      const origin = this.#all[number] as SourceFile | RefuseMapped;
      if (typeof origin === "function") {
        await origin(new Map([...lines].map(([line, { detail }]) => [line, detail])));
        continue;
      }
      for (const { place, detail } of lines.values()) {
        const span = {
          line: place.gold_line,
          offset: place.gold_offset ?? 0,
          length: place.gold_length ?? 0,
        };
        ledger.line(origin, span, "wrong_value", detail);
      }
      ledger.takeBack(origin.source, origin.file, lines.size);
    }
  }
}
