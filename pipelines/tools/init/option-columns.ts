// cspell:ignore opción opcion
import type { Column } from "./column.js";
import { present } from "./content.js";

/** A column with one of the options. */
export interface OptionColumn {
  readonly letter: string;
  readonly column: Column;
}

const optionName =
  /^((?:option|options|opt|op|choice|choices|ans|answer|alternative|alternativa|opcao|opción|opcion|ending|选项|备选项|候选项)?[\s_.-]*\(?)([A-J]|[0-9]|10)(\)?(?:[\s_.-]*(?:选项|option))?)$/i;

/** Columns with one option each: `A`, `option_a`, `opa`, `选项A`, `choice1`. */
export function optionsByColumn(columns: readonly Column[]): readonly OptionColumn[] {
  const found = columns.flatMap((column) => {
    const name = column.keys.length === 1 ? (column.keys[0] as string).normalize("NFKC").trim() : "";
    const [, before = "", mark, after = ""] = optionName.exec(name) ?? [];
    const isBare = /^(?:\d+|10)$/.test(name);
    return mark === undefined || isBare || present([...column.values]).length === 0
      ? []
      : [{ mark: mark.toUpperCase(), column, stem: `${before}*${after}` }];
  });
  for (const stem of new Set(found.map((one) => one.stem))) {
    const own = found.filter((one) => one.stem === stem);
    const marks = own.map(({ mark }) => mark);
    const first = marks.includes("A") ? "A" : marks.includes("0") ? "0" : "1";
    if (own.length < 2 || !marks.includes(first)) continue;
    const sorted = [...own].sort((a, b) =>
      Number.isNaN(Number(a.mark)) ? a.mark.localeCompare(b.mark) : Number(a.mark) - Number(b.mark),
    );
    return sorted.map(({ column }, at) => ({ letter: String.fromCharCode(65 + at), column }));
  }
  return [];
}
