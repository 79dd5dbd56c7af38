import { InputError } from "../../../src/lib/errors.js";
import { scorerOf } from "../../../src/lib/scorers/index.js";
import type { Column } from "./columns.js";
import { datasetsOf } from "./datasets.js";
import { goldOf } from "./gold.js";
import { gradesOf } from "./grades.js";
import { settleItems } from "./items.js";
import { itemsTable } from "./items-table.js";
import { checkJoin, chooseQuestions, datasetOfAnswers, withDatasets } from "./match-questions.js";
import type { Answers } from "./open-question.js";
import { optionsOf } from "./options.js";
import { givesOf, place } from "./place.js";
import { filesOf, type Placed, type Plan, type Say } from "./planned.js";
import { responsesTable } from "./responses-table.js";
import type { Sheet } from "./sheets.js";

/** Plans mapping and catalogue; throws `NeedAnswer` where the files leave a question open. */
export function planFrom(sheets: readonly Sheet[], answers: Answers, benchmark: string): Plan {
  const known = sheets.filter((sheet) => Object.values(givesOf(sheet, answers)).some(Boolean));
  if (known.length === 0) throw nothingKnown(sheets);
  const useful = settleItems(
    known,
    (sheet) => givesOf(sheet, answers).items,
    answers.get("item") !== undefined,
  );
  const notes: string[] = [];
  const alone = useful.map((sheet) => place(sheet, useful, answers, benchmark));
  const named = datasetOfAnswers(alone, chooseQuestions(alone));
  const questions = chooseQuestions(named);
  const placed = withDatasets(named, questions);
  const found: { what: string; from: string; file: string }[] = [];
  const used = new Set<Column | undefined>();
  const say: Say = (sheet, what, from, columns = []) => {
    found.push({ what, from, file: filesOf(sheet) });
    for (const column of columns) used.add(column);
  };
  for (const { sheet, item, system, dataset } of placed) {
    if (sheet.harness !== null) say(sheet, "format", `log of ${sheet.harness}`);
    say(sheet, "question id", item.words);
    if (system !== null) say(sheet, "system", system.words);
    say(sheet, "dataset", dataset.words);
  }
  checkJoin(placed, questions, answers);
  const scored = questions.map((one) => {
    const { options, note } = optionsOf(one.sheet.recognized);
    if (note !== null) notes.push(note);
    const { gold: column } = one.sheet.recognized.roles;
    const answer = placed
      .map(({ sheet }) => sheet.recognized.roles.answer)
      .find((given) => given !== undefined);
    const { gold_lower: lower, gold_upper: upper } = one.sheet.recognized.roles;
    const limits = lower === undefined || upper === undefined ? null : ([lower, upper] as const);
    const gold = column === undefined ? null : goldOf(column, { options, answer, limits }, answers);
    if (gold !== null) say(one.sheet, "right answer", gold.words);
    if (options !== null) say(one.sheet, "options", options.words);
    return { one, options, gold };
  });
  const graded = gradesOf(placed, answers, benchmark, say);
  const datasets = datasetsOf(placed, scored, graded, answers, notes);
  const tables = {
    ...itemsTable(scored, placed, say, notes),
    ...responsesTable(placed, graded, answers, say, notes),
    ...graded.tables,
  };
  const hasText =
    tables.responses !== undefined && !String(tables.responses.columns["raw"]).startsWith("CAST(NULL");
  if (tables.responses === undefined)
    notes.push(
      "no file has answers, scores or grades of a system, so there is nothing to score yet; init again when there are answers",
    );
  return {
    tables,
    datasets,
    found,
    unused: unusedOf(sheets, placed, used),
    notes: [...new Set(notes)],
    hasOnlyScores: datasets.every(({ scorer }) => scorerOf(scorer).reads === "scores"),
    hasText,
    hasAllGold: scored.every(({ gold }) => gold === null || !gold.kinds.includes("none")),
    needsJudge:
      datasets.some(({ scorer }) => scorerOf(scorer).reads === "verdicts") &&
      graded.tables.judgments === undefined,
  };
}

function nothingKnown(sheets: readonly Sheet[]): InputError {
  const shown = sheets
    .slice(0, 3)
    .map(
      (sheet) =>
        `${filesOf(sheet)} has ${sheet.columns
          .slice(0, 12)
          .map(({ name }) => name)
          .join(", ")}`,
    )
    .join("; ");
  return new InputError(`no column is known as an answer, a right answer, a score or a grade: ${shown}`, {
    hint: "Say what columns are: --column item=COLUMN --column answer=COLUMN --column gold=COLUMN --column score=COLUMN --column system=COLUMN; and --systems COLUMN COLUMN ... if systems have a column each.",
  });
}

function unusedOf(
  sheets: readonly Sheet[],
  placed: readonly Placed[],
  said: ReadonlySet<Column | undefined>,
) {
  const used = new Set([
    ...said,
    ...placed.flatMap(({ sheet }) => [
      ...Object.values(sheet.recognized.roles),
      ...sheet.recognized.optionColumns.map(({ column }) => column),
      ...(sheet.wide?.entries.flatMap(({ answer, score }) => [answer, score]) ?? []),
    ]),
  ]);
  const isInside = (column: Column) =>
    [...used].some(
      (other) => other?.name.startsWith(`${column.name}.`) || other?.name.startsWith(`${column.name}[`),
    );
  return sheets.flatMap((sheet) => {
    const isUsed = placed.some((one) => one.sheet.files === sheet.files);
    const left = sheet.columns.filter(
      (column) =>
        !used.has(column) && column.keys.length === 1 && !column.name.includes("[") && !isInside(column),
    );
    const names = isUsed ? left.map(({ name }) => name) : ["no column is known"];
    return names.length === 0 ? [] : [{ file: filesOf(sheet), columns: names }];
  });
}
