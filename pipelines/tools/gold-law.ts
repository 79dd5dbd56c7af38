import { goldChecker } from "../../src/lib/catalogue/gold-check.js";
import { InputError } from "../../src/lib/errors.js";
import { catalogueOf } from "../warehouse/catalogue.js";
import type { Engine } from "../warehouse/engine.js";
import type { Version } from "../warehouse/versioned-folder.js";

type GoldRow = readonly [
  benchmark: string,
  dataset: string,
  part: string,
  options: string | null,
  gold: string | null,
  keyPoints: string | null,
];

/**
 * Counts items whose stored gold is not what their metric's scorers compare with: a letter that is no option of the item, a form
 * that is no object, or a form that the ingest would have stored differently.
 */
export async function countWrongGold(engine: Engine, version: Version): Promise<number> {
  const checkers = new Map<string, ReturnType<typeof goldChecker>>();
  for (const { benchmark } of await engine.table("items", ["benchmark"], { distinct: true })) {
    const catalogue = await catalogueOf(version, benchmark).catch((error: unknown) => {
      // Items of a benchmark without a catalogue have no metric to check against.
      if (error instanceof InputError) return null;
      throw error;
    });
    for (const { id, scoring } of catalogue?.datasets ?? [])
      checkers.set(`${benchmark}\0${id}`, goldChecker(scoring));
  }
  let wrong = 0;
  const pieces = engine.pieces(
    `SELECT i.benchmark, i.dataset, i.part, p.options, p.gold, p.key_points
     FROM items_private AS p JOIN items AS i USING (benchmark, dataset, pool, item_id, variant)
     WHERE p.gold IS NOT NULL OR p.key_points IS NOT NULL`,
  );
  for await (const rows of pieces)
    for (const [benchmark, dataset, part, options, gold, keyPoints] of rows as unknown as GoldRow[]) {
      const check = checkers.get(`${benchmark}\0${dataset}`);
      if (check === undefined) continue;
      const item = { part, options: parsed(options), gold: parsed(gold), keyPoints: parsed(keyPoints) };
      const checked = check(item);
      const isSame =
        JSON.stringify(checked.gold) === JSON.stringify(item.gold) &&
        JSON.stringify(checked.keyPoints) === JSON.stringify(item.keyPoints);
      if (!isSame) wrong += 1;
    }
  return wrong;
}

function parsed(text: string | null): unknown {
  return text === null ? null : JSON.parse(text);
}
