import { scorerOf } from "../../../src/lib/scorers/index.js";
import { blankRule } from "./blanks.js";
import type { Column } from "./column.js";
import { datasetsOf } from "./datasets.js";
import { givesOf, withGradesAsStated } from "./gives.js";
import { goldOf } from "./gold.js";
import { gradesOf } from "./grades.js";
import { settleItems } from "./items.js";
import { itemsTable } from "./items-table.js";
import { checkJoin, chooseQuestions, datasetOfAnswers, withDatasets } from "./match-questions.js";
import { nothingKnown, refuseFurtherEntries, refuseHiddenAnswers } from "./no-answers.js";
import type { Answers } from "./open-question.js";
import { optionsOf } from "./options.js";
import { place } from "./place.js";
import { filesOf, type Placed, type Plan, type Say } from "./planned.js";
import { responsesTable } from "./responses-table.js";
import type { Role } from "./role-names.js";
import type { Sheet } from "./sheets.js";
import { requireStatedColumns } from "./stated-columns.js";
import { withoutTotals } from "./totals.js";

/** Plans mapping and catalogue; throws `NeedAnswer` where the files leave a question open. */
export function planFrom(
  all: readonly Sheet[],
  stated: ReadonlyMap<string, Role>,
  answers: Answers,
  benchmark: string,
): Plan {
  const notes: string[] = [];
  const sheets = withGradesAsStated(all, stated, answers).map((sheet) => {
    const kept = withoutTotals(sheet);
    notes.push(...kept.notes.map((note) => `${filesOf(sheet)}: ${note}`));
    return kept.sheet;
  });
  const known = sheets.filter((sheet) => Object.values(givesOf(sheet, answers)).some(Boolean));
  if (known.length === 0) throw nothingKnown(sheets);
  const useful = settleItems(
    known,
    (sheet) => givesOf(sheet, answers).items,
    [...stated.values()].includes("item"),
  );
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
  for (const one of placed) refuseFurtherEntries(one.sheet, stated);
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
  const graded = gradesOf(placed, answers, benchmark, say, notes);
  const datasets = datasetsOf(placed, scored, graded, answers, notes);
  const tables = {
    ...itemsTable(scored, placed, say, notes),
    ...responsesTable(placed, graded, answers, say, notes),
    ...graded.tables,
  };
  const hasText =
    tables.responses !== undefined && !String(tables.responses.columns["raw"]).startsWith("CAST(NULL");
  const hasOnlyScores = datasets.every(({ scorer }) => scorerOf(scorer).reads === "scores");
  const areScores = hasOnlyScores || !hasText;
  if (tables.responses === undefined) {
    refuseHiddenAnswers(sheets);
    notes.push(
      "no file has answers, scores or grades of a system, so there is nothing to score yet; init again when there are answers",
    );
  }
  const plan = {
    tables,
    datasets,
    found,
    unused: unusedOf(sheets, placed, used),
    hasOnlyScores,
    areScores,
    blanks:
      tables.responses === undefined
        ? ("wrong" as const)
        : blankRule({ placed, graded, areScores }, answers, notes),
    hasText,
    hasAllGold: scored.every(({ gold }) => gold === null || !gold.kinds.includes("none")),
    needsJudge:
      datasets.some(({ scorer }) => scorerOf(scorer).reads === "verdicts") &&
      graded.tables.judgments === undefined,
  };
  requireStatedColumns(plan.tables, sheets, stated);
  return { ...plan, notes: [...new Set(notes)] };
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
      (other) =>
        other?.name.startsWith(`${column.name}.`) ||
        other?.name.startsWith(`${column.name}[`) ||
        (other?.speaker !== undefined && other.keys[0] === column.name),
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
