import { itemIdOf } from "./catalogue-index.js";
import { type IngestContext, scratchFile } from "./context.js";
import { goldOriginColumns } from "./gold-origins.js";
import { goldOf } from "./item-rows.js";
import { JsonRows } from "./json-rows.js";
import type { Span } from "./ledger.js";
import { closeFile, eachLine } from "./lines.js";
import type { Source } from "./source.js";
import { sourceFiles } from "./source-files.js";
import { promptHash } from "./variant-matcher.js";

interface GoldLine extends Span {
  readonly hash: string;
  readonly values: ReturnType<typeof goldOf>;
}

/**
 * Takes gold answers. Their lines are matched to items as answers are; a gold file wins over a question pack, and the first
 * of two lines for the same variant is kept.
 */
export async function ingestGold(sources: readonly Source[], context: IngestContext): Promise<void> {
  const { book, ledger } = context;
  const rows = new JsonRows(scratchFile(context, "gold.jsonl"), goldColumns);
  const seen = new Set<string>();
  for (const source of sources) {
    const { index, pool } = source;
    for await (const file of sourceFiles(source, /\.(jsonl|ndjson)$/i, context)) {
      const counts = { rowsIn: 0, rowsOut: 0 };
      const groups = new Map<string, { dataset: string; item: string; lines: GoldLine[] }>();
      eachLine(source, file, context, counts, (line, of, { line: number, offset, length }) => {
        const values = goldOf(line.fields);
        const span = { line: number, offset, length };
        if (values.gold === undefined && values.key_points === undefined) {
          ledger.line(file, span, "missing_gold", 'neither "gold" nor "key_points"');
          return;
        }
        const item = itemIdOf(of, line.id);
        const key = `${of.dataset}\0${item}`;
        const group = groups.get(key) ?? { dataset: of.dataset, item, lines: [] };
        group.lines.push({ ...span, hash: promptHash(line.question), values });
        groups.set(key, group);
      });
      for (const { dataset, item, lines } of groups.values()) {
        const place = { benchmark: index.benchmark, pool, dataset, item };
        const known = book.variants(place) !== null;
        const matches = book.match(
          place,
          lines.map(({ hash }) => hash),
        );
        for (const [nth, line] of lines.entries()) {
          const variant = known ? matches[nth]?.variant : undefined;
          const key = [index.benchmark, pool, dataset, item, variant].join("\0");
          if (!known)
            ledger.line(file, line, "unknown_item", `${dataset} has no item ${item} in pool ${pool}`);
          else if (variant === undefined)
            ledger.line(
              file,
              line,
              "unknown_variant",
              `the question matches none of the remaining variants of ${dataset} ${item}`,
            );
          else if (seen.has(key))
            ledger.line(file, line, "duplicate_item", `${dataset} ${item} already has gold`);
          else {
            seen.add(key);
            counts.rowsOut += 1;
            const place = context.goldOrigins.ofLine(file, line);
            rows.add({
              benchmark: index.benchmark,
              pool,
              dataset,
              item_id: item,
              variant,
              ...line.values,
              ...place,
            });
          }
        }
      }
      closeFile(file, "gold", counts, context);
    }
  }
  await rows.appendTo(context.engine, "gold_rows");
}

const goldColumns = {
  benchmark: "VARCHAR",
  pool: "VARCHAR",
  dataset: "VARCHAR",
  item_id: "VARCHAR",
  variant: "INTEGER",
  options: "VARCHAR",
  gold: "VARCHAR",
  key_points: "VARCHAR",
  ...goldOriginColumns,
};
