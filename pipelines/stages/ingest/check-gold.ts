import { goldChecker, type ItemGold } from "../../../src/lib/catalogue/gold-check.js";
import { normalizeText } from "../../../src/lib/metrics/text-normalization.js";
import type { Engine } from "../../warehouse/engine.js";
import { type IngestContext, scratchFile } from "./context.js";
import type { GoldPlace } from "./gold-origins.js";
import { JsonRows } from "./json-rows.js";
import type { Source } from "./source.js";

const key = ["benchmark", "pool", "dataset", "item_id", "variant"] as const;
const columns = [
  ...key,
  "part",
  "own_options",
  "given_options",
  "own_gold",
  "given_gold",
  "own_points",
  "given_points",
  ...["own", "given"].flatMap((side) =>
    ["file", "line", "offset", "length"].map((name) => `${side}_${name}`),
  ),
];

type Cells = Readonly<Record<string, string | number | bigint | null>>;

/**
 * Compares the gold of every item with what the item's metric can be scored with. Gold is stored in the form that scorers
 * compare with (`"B."` becomes `"B"`); what cannot be used is refused with its line, and the item stays without it.
 *
 * Fills the temp table `checked_gold`: items whose gold or key points differ from what their source says. Call it when
 * `item_rows` and `gold_rows` are complete.
 */
export async function checkGold(sources: readonly Source[], context: IngestContext): Promise<void> {
  const { engine, ledger, goldOrigins } = context;
  const checkers = checkersOf(sources);
  const rows = new JsonRows(scratchFile(context, "checked-gold.jsonl"), {
    ...Object.fromEntries(key.map((name) => [name, name === "variant" ? "INTEGER" : "VARCHAR"])),
    gold: "VARCHAR",
    key_points: "VARCHAR",
  });
  const refusals: { place: GoldPlace; detail: string }[] = [];
  for await (const cells of goldRows(engine)) {
    const check = checkers.get(`${cells["benchmark"]}\0${cells["dataset"]}`);
    const gold = parsed(cells["given_gold"] ?? cells["own_gold"]);
    const keyPoints = parsed(cells["given_points"] ?? cells["own_points"]);
    const differing = differentOptions(cells);
    const checked = check({
      part: String(cells["part"] ?? ""),
      gold: differing === null ? gold : null,
      keyPoints,
      options: parsed(cells["given_options"] ?? cells["own_options"]),
    });
    const goldText = textOf(checked.gold);
    const pointsText = textOf(checked.keyPoints);
    if (goldText === textOf(gold) && pointsText === textOf(keyPoints)) continue;
    rows.add({
      ...Object.fromEntries(key.map((name) => [name, cells[name]])),
      gold: goldText,
      key_points: pointsText,
    });
    const item = `${cells["dataset"]} ${cells["item_id"]}`;
    const goldProblem = differing ?? checked.goldProblem;
    if (goldProblem !== null)
      refusals.push({ place: placeOf(cells, "gold"), detail: `${item}: ${goldProblem}` });
    if (checked.keyPointsProblem !== null)
      refusals.push({ place: placeOf(cells, "points"), detail: `${item}: ${checked.keyPointsProblem}` });
  }
  await goldOrigins.refuse(refusals, ledger);
  await rows.appendTo(engine, "checked_gold");
}

/** A checker for each dataset of the sources' catalogues; gold of other benchmarks is only checked for its form. */
function checkersOf(sources: readonly Source[]) {
  const known = new Map<string, ReturnType<typeof goldChecker>>();
  for (const { index } of sources)
    for (const [id, dataset] of index.datasets) {
      const name = `${index.benchmark}\0${id}`;
      if (!known.has(name)) known.set(name, goldChecker(dataset.scoring));
    }
  const unknown = goldChecker([]);
  return {
    get: (name: string): ((item: ItemGold) => ReturnType<typeof unknown>) => known.get(name) ?? unknown,
  };
}

async function* goldRows(engine: Engine): AsyncGenerator<Cells> {
  const pieces = engine.pieces(`
    SELECT ${key.join(", ")}, item.part, item.options AS own_options, given.options AS given_options,
      item.gold AS own_gold, given.gold AS given_gold, item.key_points AS own_points, given.key_points AS given_points,
      ${["item", "given"].flatMap((side) => ["file", "line", "offset", "length"].map((name) => `${side}.gold_${name}`)).join(", ")}
    FROM item_rows AS item LEFT JOIN gold_rows AS given USING (${key.join(", ")})
    WHERE coalesce(given.gold, item.gold, given.key_points, item.key_points) IS NOT NULL`);
  for await (const rows of pieces)
    for (const row of rows) yield Object.fromEntries(columns.map((name, at) => [name, row[at]])) as Cells;
}

/** Where the value that counts came from: a gold file wins over the item's own source. */
function placeOf(cells: Cells, what: "gold" | "points"): GoldPlace {
  const side = cells[`given_${what}`] === null ? "own" : "given";
  const number = (name: string): number | undefined => {
    const value = cells[`${side}_${name}`];
    return value === null || value === undefined ? undefined : Number(value);
  };
  return {
    gold_file: number("file") as number,
    gold_line: number("line") as number,
    gold_offset: number("offset"),
    gold_length: number("length"),
  };
}

/** The problem where a gold file states other options than the item: its letters then mean other texts. */
function differentOptions(cells: Cells): string | null {
  const [own, given] = [parsed(cells["own_options"]), parsed(cells["given_options"])];
  if (cells["given_gold"] === null || own === null || given === null) return null;
  const texts = (options: unknown) =>
    JSON.stringify(
      Object.entries(options as object)
        .map(([letter, text]) => [letter, normalizeText(String(text))])
        .sort(),
    );
  return texts(own) === texts(given)
    ? null
    : "the options next to this gold answer are not those of the question, so its letters may mean other texts";
}

function parsed(cell: Cells[string] | undefined): unknown {
  return cell === null || cell === undefined ? null : JSON.parse(String(cell));
}

function textOf(value: unknown): string | undefined {
  return value === null || value === undefined ? undefined : JSON.stringify(value);
}
