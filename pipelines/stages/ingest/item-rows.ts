import type { MedbenchLine } from "../../formats/medbench-line.js";
import { type DatasetFile, itemIdOf } from "./catalogue-index.js";
import { type GoldPlace, goldOriginColumns } from "./gold-origins.js";
import { promptHash } from "./variant-matcher.js";

/** Columns of an item on its way in: those of `items` and `items_private`, and its place in the source. */
export const itemRowColumns = {
  benchmark: "VARCHAR",
  dataset: "VARCHAR",
  pool: "VARCHAR",
  item_id: "VARCHAR",
  variant: "INTEGER",
  group_id: "VARCHAR",
  part: "VARCHAR",
  track: "VARCHAR",
  dimension: "VARCHAR",
  answer_type: "VARCHAR",
  language: "VARCHAR",
  difficulty: "VARCHAR",
  released_on: "VARCHAR",
  visibility: "VARCHAR",
  specialty_primary: "VARCHAR",
  specialty_secondary: "VARCHAR",
  n_options: "INTEGER",
  prompt_hash: "VARCHAR",
  excluded: "VARCHAR",
  origin: "VARCHAR",
  question: "VARCHAR",
  options: "VARCHAR",
  gold: "VARCHAR",
  key_points: "VARCHAR",
  media: "VARCHAR",
  ...goldOriginColumns,
} as const;

/** Unknown values are left out: most items have half of the columns, and writing NULLs costs as much as writing values. */
export type ItemRow = Readonly<Partial<Record<keyof typeof itemRowColumns, string | number | undefined>>> & {
  readonly prompt_hash: string;
};

interface ItemRowOptions {
  readonly benchmark: string;
  readonly pool: string;
  readonly of: DatasetFile;
  readonly variant: number;
  readonly origin: "pack" | "answers";
  /** Place of the line, for its gold. */
  readonly place?: GoldPlace | undefined;
}

/** An item from a line of a question pack. @returns a text instead where a field cannot be taken */
export function itemRow(
  line: MedbenchLine,
  { benchmark, pool, of, variant, origin, place }: ItemRowOptions,
): ItemRow | string {
  const { fields } = line;
  const item = itemIdOf(of, line.id);
  const options = fields["options"] ?? null;
  if (options !== null && (typeof options !== "object" || Array.isArray(options)))
    return '"options" must be an object from letter to text';
  const keyPoints = fields["key_points"] ?? null;
  if (keyPoints !== null && !Array.isArray(keyPoints)) return '"key_points" must be a list';
  const released = textOf(fields["released_on"]);
  if (released !== undefined && !/^\d{4}-\d{2}-\d{2}$/.test(released))
    return '"released_on" must be a day such as 2026-03-01';
  const visibility = fields["visibility"] ?? "private";
  if (visibility !== "private" && visibility !== "public")
    return '"visibility" must be "public" or "private"';
  const media = fields["img_path"];
  // Questions on one case are not independent: they name it.
  const group = origin === "answers" ? undefined : textOf(fields["group"]);
  return {
    benchmark,
    dataset: of.dataset,
    pool,
    item_id: item,
    variant,
    group_id: group === undefined ? item : itemIdOf(of, group),
    part: of.part,
    track: of.track,
    dimension: of.dimension,
    answer_type: of.answerType,
    language: textOf(fields["language"]) ?? of.language,
    difficulty: textOf(fields["difficulty"]),
    released_on: released,
    visibility,
    n_options: options === null ? undefined : Object.keys(options).length,
    prompt_hash: promptHash(line.question),
    // A system states neither the key to its own answers nor which of them count.
    excluded: origin === "answers" ? undefined : textOf(fields["excluded"]),
    origin,
    question: line.question,
    ...(origin === "answers" ? { options: jsonOf(options) } : { ...goldOf(fields), ...place }),
    media: jsonOf(Array.isArray(media) || isAbsent(media) ? media : [media]),
  };
}

/** Gold, options and key points of a line, as the JSON texts of `items_private`. */
export function goldOf(fields: Readonly<Record<string, unknown>>) {
  return {
    options: jsonOf(fields["options"]),
    gold: jsonOf(fields["gold"]),
    key_points: jsonOf(fields["key_points"]),
  };
}

/** Whether a line states gold or key points. */
export function hasGold(fields: Readonly<Record<string, unknown>>): boolean {
  return !isAbsent(fields["gold"]) || !isAbsent(fields["key_points"]);
}

function jsonOf(value: unknown): string | undefined {
  return isAbsent(value) ? undefined : JSON.stringify(value);
}

function textOf(value: unknown): string | undefined {
  return isAbsent(value) ? undefined : String(value);
}

function isAbsent(value: unknown): boolean {
  return value === undefined || value === null || value === "";
}
