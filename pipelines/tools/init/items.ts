import type { Column } from "./column.js";
import { areNames, asText, isMostly, present } from "./content.js";
import { rankOf } from "./rank.js";
import type { Sheet } from "./sheets.js";

/** Values of a column as text by record. */
const textsOf = ({ values }: Column): (string | null)[] => values.map(asText);

/** Columns that can name the question, the likeliest first. */
function candidatesOf({ recognized: { roles, others } }: Sheet): Column[] {
  return [...others, ...(roles.item === undefined ? [] : [roles.item])]
    .filter((column) => areNames(column) && present([...column.values]).length >= column.values.length * 0.9)
    .flatMap((column) => {
      const rank = rankOf(column, "item");
      return rank === null ? [] : [{ column, rank }];
    })
    .sort((a, b) => a.rank - b.rank)
    .map(({ column }) => column);
}

/**
 * Settles which column names the question: in files of questions one that has one question for each value, in files of answers the one
 * whose values are those of the questions. Where no id does, both are known by the text of the question.
 *
 * @param isQuestions whether a sheet describes questions, and whether it also has answers
 * @param isStated whether the user named the column
 */
export function settleItems(
  sheets: readonly Sheet[],
  isQuestions: (sheet: Sheet) => boolean,
  isStated: boolean,
): readonly Sheet[] {
  if (isStated) return sheets;
  const own = sheets.map((sheet) => {
    if (!isQuestions(sheet) || sheet.harness !== null) return sheet;
    const { item } = sheet.recognized.roles;
    return withItem(
      sheet,
      [...(item === undefined ? [] : [item]), ...candidatesOf(sheet)].find((column) =>
        hasOneQuestion(column, sheet),
      ),
    );
  });
  const questions = own.filter(isQuestions);
  const others = own.filter((sheet) => !isQuestions(sheet));
  const [first, ...more] = questions;
  if (first === undefined || more.length > 0 || others.length === 0) return own;
  const pairs = [...candidatesOf(first), ...[first.recognized.roles.item].flatMap((column) => column ?? [])]
    .filter((column) => hasOneQuestion(column, first))
    .flatMap((theirs) => {
      const known = new Set(textsOf(theirs));
      return [
        {
          theirs,
          matches: others.map(
            (sheet) =>
              candidatesOf(sheet)
                .map((column) => ({ column, share: shareOf(column, known) }))
                .sort((a, b) => b.share - a.share)[0],
          ),
        },
      ];
    });
  const total = ({ matches }: (typeof pairs)[number]) =>
    matches.reduce((sum, match) => sum + (match?.share ?? 0), 0);
  const best = [...pairs].sort((a, b) => total(b) - total(a))[0];
  if (best === undefined || total(best) < others.length * 0.5) {
    const text = first.recognized.roles.question;
    const known = text === undefined ? null : new Set(textsOf(text));
    const byText =
      known !== null &&
      others.every(
        ({ recognized: { roles } }) => roles.question !== undefined && shareOf(roles.question, known) > 0.5,
      );
    return byText ? own.map((sheet) => withItem(sheet, undefined)) : own;
  }
  return own.map((sheet) =>
    sheet === first
      ? withItem(sheet, best.theirs)
      : withItem(sheet, best.matches[others.indexOf(sheet)]?.column ?? sheet.recognized.roles.item),
  );
}

function shareOf(column: Column, known: ReadonlySet<string | null>): number {
  const texts = textsOf(column).filter((text) => text !== null);
  return texts.filter((text) => known.has(text)).length / Math.max(1, texts.length);
}

/** Whether all rows with one value (of a dataset and file) have the same question. */
function hasOneQuestion(column: Column, { recognized: { roles } }: Sheet): boolean {
  const { question, dataset } = roles;
  if (question === undefined || !isMostly(question.values, (value) => typeof value === "string")) return true;
  const known = new Map<string, unknown>();
  for (const [at, value] of column.values.entries()) {
    const key = `${dataset === undefined ? "" : asText(dataset.values[at])}\0${asText(value)}`;
    if (!known.has(key)) known.set(key, question.values[at]);
    else if (known.get(key) !== question.values[at]) return false;
  }
  return true;
}

function withItem(sheet: Sheet, item: Column | undefined): Sheet {
  const { item: _, ...others } = sheet.recognized.roles;
  return {
    ...sheet,
    recognized: { ...sheet.recognized, roles: item === undefined ? others : { ...others, item } },
  };
}
