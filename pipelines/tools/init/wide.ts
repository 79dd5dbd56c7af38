import { literal } from "../../warehouse/sql.js";
import type { Column } from "./column.js";
import { areNames, areScores } from "./content.js";
import { modelWords } from "./roles.js";
import { rawSql } from "./score-cells.js";
import {
  byAffix,
  familyOf,
  isKnownName,
  named,
  nestedFamilies,
  type SheetColumns,
  type WideEntry,
} from "./wide-families.js";

/** A sheet with a column for each system or rater. */
export interface Wide {
  readonly what: "system" | "rater";
  readonly entries: readonly WideEntry[];
}

const raterName =
  /^(?:(?:rater|annotator|reviewer|physician|doctor|expert|human|evaluator|clinician|coder|assessor|grader|专家|医生|医师|评审|评委|标注员?|评分人)[\s_.-]*(?:\d+|[A-Z]|[一二三四五六])|R\d+)(?:[\s_.-]*(?:score|rating|grade|评分|打分|得分))?$/i;

const systemName = /^(?:model|system|llm|模型|系统|大模型)[\s_.-]*(?!name|id)[\p{L}\p{N}]{1,12}$/iu;

/**
 * Finds the columns of systems or raters in a sheet that has no column for them; null where there are none.
 *
 * @throws InputError where some of the columns have scores and others texts
 */
export function findWide(sheet: SheetColumns, stated: readonly string[]): Wide | null {
  const { recognized, columns } = sheet;
  const { roles, others } = recognized;
  if (stated.length > 0) {
    const chosen = columns.filter(({ name }) => stated.includes(name));
    return chosen.length === 0 ? null : { what: "system", entries: familyOf(chosen.map(named), sheet) };
  }
  const flat = (column: Column) => column.keys.length === 1 && !column.isOutside;
  if (roles.rater === undefined) {
    const raters = others.filter((column) => flat(column) && raterName.test(column.name.trim()));
    if (raters.length >= 2 && raters.some(areScores)) {
      const entries = familyOf(raters.map(named), sheet).filter(({ score }) => score !== undefined);
      if (entries.length >= 2) return { what: "rater", entries };
    }
  }
  if (roles.system !== undefined) return null;
  const free = [
    ...others,
    ...[roles.answer, roles.score, roles.parsed].filter((column) => column !== undefined),
  ].filter(flat);
  const affixed = byAffix(free, sheet);
  if (affixed.length >= 2) return { what: "system", entries: affixed };
  const models = others.filter(
    (column) =>
      flat(column) &&
      !isKnownName(column.name) &&
      (modelWords.test(column.name) || systemName.test(column.name.trim())) &&
      (areScores(column) || areNames(column, 100_000)),
  );
  for (const family of [models.map(named), ...nestedFamilies(others)]) {
    const entries = family.length < 2 ? [] : familyOf(family, sheet);
    if (entries.length >= 2) return { what: "system", entries };
  }
  return null;
}

/** The alias of the entry of one system or rater. */
export const wideAlias = "each";

/** SQL for a row for each system or rater of a wide sheet; its cells are as they are in the file. */
export function unnested(from: string, { entries }: Wide): string {
  const columns = entries.flatMap(({ score }) => score ?? []);
  const rows = entries.map(({ name, answer, score }) => {
    const fields = [
      `who: ${literal(name)}`,
      ...(entries.some((one) => one.answer !== undefined) ? [`answer: ${answer?.sql ?? "NULL"}`] : []),
      ...(columns.length > 0 ? [`score: ${score === undefined ? "NULL" : rawSql(score, columns)}`] : []),
    ];
    return `{${fields.join(", ")}}`;
  });
  return `SELECT *, unnest([\n${rows.map((row) => `  ${row}`).join(",\n")}\n]) AS ${wideAlias} FROM ${from}`;
}
