import type { MappedTable } from "../../../../src/lib/records/mapping.js";
import { type Column, type Table, tables } from "../../../../src/lib/records/tables.js";

/** The columns that a mapping may give for a table, and the defaults of those that it leaves out. */
export interface MappedTableRules {
  readonly key: readonly string[];
  readonly columns: Readonly<Record<string, Column>>;
  /** SQL for columns that the mapping leaves out; may use the columns of `place` (the item's dataset). */
  readonly defaults: Readonly<Record<string, string>>;
  /** Columns with JSON text. */
  readonly json: readonly string[];
  /** Columns with text as it was received: numbers, lists and objects are none. */
  readonly texts: readonly string[];
  readonly laws: Readonly<Record<string, string>>;
}

const textColumn = (meaning: string): Column => ({ type: "VARCHAR", required: false, meaning });
const system = { system: textColumn("system, where run_id is not given") };

const privateColumns: Readonly<Record<string, Column>> = Object.fromEntries(
  ["question", "options", "gold", "key_points", "media"].map((name) => [
    name,
    tables.items_private.columns[name as "question"],
  ]),
);

const inItem = {
  variant: "1",
  part: "coalesce(place.part, '')",
  track: "place.track",
  dimension: "place.dimension",
  answer_type: "place.answer_type",
  language: "coalesce(place.language, 'und')",
};
const inResponse = { variant: "1", condition: "'base'", repeat: "1" };

/** Columns that the ingest fills itself. */
const own: Readonly<Record<MappedTable, readonly string[]>> = {
  items: ["n_options", "prompt_hash", "has_gold", "origin"],
  runs: ["source", "source_hash"],
  responses: ["matched_by", "source_file", "source_line"],
  ratings: [],
  judgments: [],
};

export const mappedRules: Readonly<Record<MappedTable, MappedTableRules>> = {
  items: rules("items", { ...privateColumns }, { ...inItem, group_id: "item_id", visibility: "'private'" }, [
    "options",
    "gold",
    "key_points",
    "media",
  ]),
  runs: rules("runs", {}, { system: "run_id", system_kind: "'model'" }, []),
  responses: rules("responses", system, inResponse, ["trajectory"]),
  ratings: rules("ratings", system, inResponse, []),
  judgments: rules(
    "judgments",
    system,
    { ...inResponse, judge_repeat: "1", status: "CASE WHEN value IS NULL THEN 'failed' ELSE 'ok' END" },
    [],
  ),
};

function rules(
  name: MappedTable,
  extra: Readonly<Record<string, Column>>,
  defaults: Readonly<Record<string, string>>,
  json: readonly string[],
): MappedTableRules {
  const table: Table = tables[name];
  const columns = Object.entries(table.columns).filter(([column]) => !own[name].includes(column));
  return {
    key: table.key,
    columns: { ...Object.fromEntries(columns), ...extra },
    defaults,
    json,
    texts: name === "responses" ? ["raw"] : [],
    laws: table.laws ?? {},
  };
}
