// cspell:ignore durchschnitt mittelwert gesamt summe moyenne promedio média
import { InputError } from "../../../src/lib/errors.js";
import { literal } from "../../warehouse/sql.js";
import { cellOf } from "./cell-numbers.js";
import type { Column } from "./column.js";
import { asText, present } from "./content.js";
import { placeAmong } from "./file-sample.js";
import type { Sheet } from "./sheets.js";

const words = [
  "average|avg|mean|total|totals|sum|subtotal|grand total|overall|median|std|stdev|std dev|sd|standard deviation|variance|count|min|minimum|max|maximum|summary|accuracy",
  "durchschnitt|mittelwert|gesamt|summe|moyenne|promedio|média|media",
  "合计|总计|小计|总分|总和|总体|平均|平均分|平均值|均值|均分|总平均|标准差|方差|中位数|最高分|最低分|正确率|准确率|得分率|及格率",
].join("|");
const total = new RegExp(
  `^(?:(?:the|overall|total|grand|mean|avg\\.?|average)\\s+)?(?:${words})\\.?(?:\\s*(?:scores?|points?|accuracy|acc|of all|over all items)\\.?)?\\s*(?:[(（]\\s*(?:%|n|％)\\s*[)）]|%|％)?\\s*[:：]?$`,
  "iu",
);
const remark = /^(?:source|note|notes|remark|legend|\*|注|备注|说明|来源)\s*[:：*]?/iu;

const labelOf = (value: unknown): string => (asText(value) ?? "").trim().toLowerCase();

/**
 * Leaves out rows that are about other rows: means and totals such as "Average" or "合计", and remarks below a sheet.
 *
 * @throws InputError where the last row has the means of the others without saying so
 */
export function withoutTotals(sheet: Sheet): { readonly sheet: Sheet; readonly notes: readonly string[] } {
  const { roles } = sheet.recognized;
  const [firstColumn] = sheet.columns.filter(({ keys, isOutside }) => keys.length === 1 && !isOutside);
  const n = sheet.files.reduce((sum, { records }) => sum + records.length, 0);
  let left = sheet;
  const notes: string[] = [];
  for (const column of new Set([roles.item, roles.question, roles.dataset, roles.system, firstColumn])) {
    if (column === undefined) continue;
    const rows = column.values.flatMap((value, at) => {
      const label = labelOf(value);
      return total.test(label) || (remark.test(label) && isAlone(sheet, column, at)) ? [{ at, label }] : [];
    });
    const labels = [...new Set(rows.map(({ label }) => label))];
    // Where most rows have such names, they are names of something else.
    if (rows.length === 0 || rows.length * 2 > n || labels.length > 12) continue;
    const places = rows
      .slice(0, 3)
      .map(({ at, label }) => `${placeAmong(sheet.files, at)} ${JSON.stringify(label)}`);
    notes.push(
      `${rows.length === 1 ? "1 row is a total or a remark" : `${rows.length} rows are totals or remarks`}, not a question, and left out (WHERE in the mapping): ${places.join("; ")}${rows.length > 3 ? `; and ${rows.length - 3} more` : ""}`,
    );
    left = without(left, column, labels);
  }
  if (notes.length === 0) refuseUnnamedMeans(sheet);
  return { sheet: left, notes };
}

/** Whether a row has no other cell. */
function isAlone({ columns }: Sheet, column: Column, at: number): boolean {
  return columns.every((other) => other === column || present([other.values[at]]).length === 0);
}

/** The sheet without the rows that have one of these labels in a column. */
function without(sheet: Sheet, column: Column, labels: readonly string[]): Sheet {
  const isLeft = sheet.columns
    .find(({ name }) => name === column.name)
    ?.values.map((value) => !labels.includes(labelOf(value))) as boolean[];
  let before = 0;
  const files = sheet.files.map((file) => {
    const own = isLeft.slice(before, before + file.records.length);
    before += file.records.length;
    return {
      ...file,
      records: file.records.filter((_, at) => own[at]),
      lines: file.lines.filter((_, at) => own[at]),
    };
  });
  const renewed = new Map(
    sheet.columns.map((one) => [one, { ...one, values: [...one.values].filter((_, at) => isLeft[at]) }]),
  );
  const renew = <T extends Column | undefined>(one: T): T => ((one && renewed.get(one)) ?? one) as T;
  const { recognized, wide } = sheet;
  const text = `coalesce(lower(trim(CAST(${column.sql} AS VARCHAR))), '')`;
  return {
    ...sheet,
    files,
    columns: sheet.columns.map(renew),
    recognized: {
      roles: Object.fromEntries(Object.entries(recognized.roles).map(([role, one]) => [role, renew(one)])),
      optionColumns: recognized.optionColumns.map((one) => ({ ...one, column: renew(one.column) })),
      others: recognized.others.map(renew),
    },
    wide:
      wide === null
        ? null
        : {
            ...wide,
            entries: wide.entries.map(({ name, answer, score }) => ({
              name,
              ...(answer === undefined ? {} : { answer: renew(answer) }),
              ...(score === undefined ? {} : { score: renew(score) }),
            })),
          },
    relation: `(SELECT * FROM ${sheet.relation} WHERE ${text} NOT IN (${labels.map(literal).join(", ")}))`,
  };
}

/** A last row that has the means of the rows above it in all columns of scores. */
function refuseUnnamedMeans({ wide, recognized: { roles }, files }: Sheet): void {
  const scores = wide === null ? [roles.score] : wide.entries.map(({ score }) => score);
  const columns = scores.flatMap((column) => column ?? []);
  if (wide === null || wide.what !== "system" || columns.length < 2) return;
  const last = (columns[0] as Column).values.length - 1;
  if (last < 3) return;
  let isTold = false;
  for (const { values } of columns) {
    const numbers = [...values].map((value) => {
      const cell = cellOf(value);
      return cell.kind === "number" ? cell.value : null;
    });
    const mean = numbers[last];
    const above = numbers.slice(0, last).flatMap((value) => value ?? []);
    if (mean === null || mean === undefined || above.length < 3) return;
    const isMean =
      Math.abs(mean - above.reduce((sum, value) => sum + value, 0) / above.length) <=
      0.0051 * Math.max(1, Math.abs(mean) / 10);
    if (!isMean) return;
    isTold ||= !Number.isInteger(mean) && new Set(above).size > 1;
  }
  if (!isTold) return;
  throw new InputError(`${placeAmong(files, last)}: the last row has the means of the rows above it`, {
    hint: 'Remove it, or write "Average" into its first cell.',
  });
}
