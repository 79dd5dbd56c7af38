import { InputError } from "../../../src/lib/errors.js";
import {
  type Axis,
  constant,
  itemAxis,
  modelShare,
  ofColumn,
  ofLevel,
  stemOf,
  varyingLevels,
} from "./axes.js";
import type { Column } from "./columns.js";
import { areScores, asText, distinct } from "./content.js";
import { criteriaColumns } from "./grades.js";
import { taskOf } from "./harness.js";
import { type Answers, answerTo } from "./open-question.js";
import { filesOf, type Placed } from "./planned.js";
import type { Sheet } from "./sheets.js";
import { wideAlias } from "./wide.js";

/** How a dataset is found where nothing names one. */
const oneDataset = "one dataset";

/** Which tables the rows of a sheet are for. */
export function givesOf(sheet: Sheet, answers: Answers): Placed["gives"] {
  const { recognized, wide } = sheet;
  const { roles, optionColumns, others } = recognized;
  const kind = unclearGrades(sheet, answers);
  const isRated =
    kind === "people" || roles.rater !== undefined || roles.rating !== undefined || wide?.what === "rater";
  const isJudged =
    kind === "judge" ||
    (!isRated &&
      (roles.judge_score !== undefined ||
        (roles.judge !== undefined && (roles.score !== undefined || others.some(areScores)))));
  const hasItem = roles.item !== undefined || roles.question !== undefined;
  return {
    items:
      roles.gold !== undefined ||
      roles.key_points !== undefined ||
      roles.options !== undefined ||
      optionColumns.length > 0 ||
      (roles.question !== undefined && roles.item !== undefined) ||
      (roles.specialty !== undefined && hasItem),
    responses:
      kind === "scores" ||
      roles.answer !== undefined ||
      wide?.what === "system" ||
      (!isRated && !isJudged && roles.score !== undefined),
    judgments: isJudged,
    ratings: isRated,
  };
}

/** Who gave the grades of a sheet that has several columns of them and nothing else that says so; null for any other sheet. */
function unclearGrades(
  { recognized: { roles, others }, wide, files }: Sheet,
  answers: Answers,
): string | null {
  const known = [
    roles.answer,
    roles.score,
    roles.judge,
    roles.judge_score,
    roles.rater,
    roles.rating,
    roles.gold,
  ];
  const isClear = wide !== null || known.some((column) => column !== undefined);
  if (isClear || roles.item === undefined || roles.system === undefined) return null;
  const grades = criteriaColumns(undefined, others);
  if (grades.length === 0) return null;
  return answerTo(answers, {
    id: "grades",
    text: `${files[0]?.file}: what are the numbers in ${grades
      .map(({ name }) => name)
      .slice(0, 6)
      .join(", ")}: grades by a judge model, grades by people, or finished scores?`,
    choices: ["judge", "people", "scores"],
    option: "--grades judge, --grades people or --grades scores",
  });
}

/** Finds question, system and dataset of the rows of a sheet. */
export function place(sheet: Sheet, all: readonly Sheet[], answers: Answers, benchmark: string): Placed {
  const { recognized, files, wide } = sheet;
  const { roles } = recognized;
  const n = sheet.files.reduce((sum, { records }) => sum + records.length, 0);
  const gives = givesOf(sheet, answers);
  const item = itemAxis(recognized, files);
  const needsSystem = gives.responses || gives.judgments || gives.ratings;
  let levels = varyingLevels(files);
  let system: Axis | null = null;
  if (needsSystem) {
    const stated = answers.get("system");
    const isCollected = roles.system !== undefined;
    if (wide?.what === "system")
      system = {
        sql: `${wideAlias}.who`,
        values: new Array<null>(n).fill(null),
        words: `one column each: ${wide.entries
          .map(({ name }) => name)
          .slice(0, 6)
          .join(", ")}${wide.entries.length > 6 ? `, and ${wide.entries.length - 6} more` : ""}`,
      };
    else if (isCollected) system = ofColumn(roles.system as Column);
    else if (stated !== undefined) system = constant(stated, n, "as stated");
    else if (levels.length > 0) {
      const chosen = systemLevel(levels, sheet, item, roles.dataset !== undefined, answers);
      if (chosen !== null) {
        system = ofLevel(chosen, files);
        levels = levels.filter((level) => level !== chosen);
      }
    }
    if (system === null && taskOf(files[0]?.file ?? "") !== null)
      system = constant(
        answerTo(answers, {
          id: "system",
          text: `Which system gave the answers in ${filesOf(sheet)}? Its name is not in the file.`,
          option: "--system NAME",
        }),
        n,
        "as stated",
      );
    if (system === null) {
      const name = stemOf((files[0]?.file ?? "system").split("/").at(-1) as string).replace(
        /^(?:answers?|responses?|outputs?|results?)[_\- ]+(?=.)/i,
        "",
      );
      const others = all
        .filter((other) => other !== sheet)
        .flatMap(({ recognized: known }) =>
          known.roles.system === undefined ? [] : [...distinct(known.roles.system)],
        );
      const only = [...new Set(others)];
      system =
        files.length === 1 && only.length > 1
          ? constant(
              answerTo(answers, {
                id: "system",
                text: `Which system gave the answers in ${files[0]?.file}?`,
                choices: only,
                option: "--system NAME",
              }),
              n,
              "as stated",
            )
          : constant(
              files.length === 1
                ? name
                : answerTo(answers, {
                    id: "system",
                    text: `Which system gave the answers in ${filesOf(sheet)}?`,
                    option: "--system NAME",
                  }),
              n,
              "the name of the file, because no column names a system",
            );
    }
  }
  return { sheet, item, system, dataset: datasetAxis(sheet, levels, item, n, answers, benchmark), gives };
}

/** Which varying part of the paths names the systems: the one with names of models, or the only one if files repeat the questions. */
function systemLevel(
  levels: ReturnType<typeof varyingLevels>,
  sheet: Sheet,
  item: Axis,
  hasDataset: boolean,
  answers: Answers,
) {
  const likely = [...levels].sort((a, b) => modelShare(b) - modelShare(a))[0];
  if (likely !== undefined && modelShare(likely) > 0.5) return likely;
  const [only, ...more] = levels;
  if (only !== undefined && more.length === 0 && (hasDataset || repeatsItems(sheet, item))) return only;
  const names = levels.map(
    ({ words, byFile }) => `${words} (${[...new Set(byFile.values())].slice(0, 3).join(", ")})`,
  );
  const answer = answerTo(answers, {
    id: "system",
    text: `What names the system in ${sheet.files[0]?.file}: ${names.join(", or ")}? Or write the name of the one system.`,
    option: "--system NAME, or a column with the system",
  });
  return levels.find(({ words }) => words === answer) ?? null;
}

/** Whether files have the same questions, so that each file is another system. */
function repeatsItems(sheet: Sheet, item: Axis): boolean {
  const files = new Map<string, Set<number>>();
  let at = 0;
  const question = sheet.recognized.roles.question;
  for (const [number, { records }] of sheet.files.entries()) {
    for (let row = 0; row < records.length; row += 1, at += 1) {
      const key = `${item.values[at]}\0${question === undefined ? "" : asText(question.values[at])}`;
      files.set(key, (files.get(key) ?? new Set()).add(number));
    }
  }
  const repeated = [...files.values()].filter((numbers) => numbers.size > 1).length;
  return repeated >= files.size * 0.3;
}

function datasetAxis(
  sheet: Sheet,
  levels: ReturnType<typeof varyingLevels>,
  item: Axis,
  n: number,
  answers: Answers,
  benchmark: string,
): Axis {
  const { roles } = sheet.recognized;
  const stated = answers.get("dataset");
  if (stated !== undefined) return constant(stated, n, "as stated");
  if (roles.dataset !== undefined) return ofColumn(roles.dataset);
  const tasks = new Set(sheet.files.map(({ file }) => taskOf(file)));
  const [task] = tasks;
  if (sheet.harness !== null && tasks.size === 1 && task !== null && task !== undefined)
    return constant(task, n, "the task in the name of the file");
  const [level] = levels.filter(({ byFile }) =>
    [...byFile.values()].every((value) => !/^\d{4}-?\d\d-?\d\d|^\d{8}/.test(value)),
  );
  if (level !== undefined && !repeatsItems(sheet, item)) return ofLevel(level, sheet.files);
  return constant(benchmark, n, oneDataset);
}

/** The sheets that describe the questions: files of questions if there are any, otherwise those of answers that repeat them. */
export function chooseQuestions(placed: readonly Placed[]): readonly Placed[] {
  const all = placed.filter(({ gives }) => gives.items);
  const own = all.filter(({ gives }) => !gives.responses && !gives.judgments && !gives.ratings);
  const withGold = (list: readonly Placed[]) =>
    list.some(
      ({ sheet }) =>
        sheet.recognized.roles.gold !== undefined || sheet.recognized.roles.key_points !== undefined,
    );
  if (own.length > 0 && (withGold(own) || !withGold(all))) return own;
  return all.filter(({ sheet }) => sheet.recognized.roles.gold !== undefined || !withGold(all));
}

/** Answers must be about the questions: their ids and datasets have to match. */
export function checkJoin(placed: readonly Placed[], questions: readonly Placed[], answers: Answers): void {
  if (questions.length === 0) return;
  const known = new Set(
    questions.flatMap(({ item, dataset }) =>
      item.values.map((value, at) => `${dataset.values[at]}\0${value}`),
    ),
  );
  for (const one of placed) {
    if (questions.includes(one)) continue;
    const keys = one.item.values.map((value, at) => `${one.dataset.values[at]}\0${value}`);
    const matched = keys.filter((key) => known.has(key)).length;
    if (matched >= keys.length / 2 || answers.get("join") === "yes") continue;
    const [theirs, ours] = [keys.find((key) => !known.has(key)), [...known][0]].map(
      (key) => key?.split("\0") ?? [],
    );
    throw new InputError(
      `${filesOf(one.sheet)}: only ${matched} of ${keys.length} rows are about a question of ${filesOf((questions[0] as Placed).sheet)}: question ${JSON.stringify(theirs?.[1])} of dataset ${JSON.stringify(theirs?.[0])} is not there; one that is there is ${JSON.stringify(ours?.[1])} of ${JSON.stringify(ours?.[0])}`,
      {
        hint: "Name the columns with the id of the question in both (--column item=COLUMN), or state the dataset: --dataset NAME.",
      },
    );
  }
}

/** Questions that name no dataset are of the one that the answers to them name. */
export function datasetOfAnswers(placed: readonly Placed[], questions: readonly Placed[]): readonly Placed[] {
  const [one, ...more] = questions;
  if (one === undefined || more.length > 0 || one.dataset.words !== oneDataset) return placed;
  const items = new Set(one.item.values);
  const named = placed.filter(
    ({ item, dataset }) =>
      dataset.words !== oneDataset &&
      item.values.filter((value) => items.has(value)).length >= item.values.length / 2,
  );
  const values = new Set(named.flatMap(({ dataset }) => dataset.values));
  const [name] = values;
  if (values.size !== 1 || name === undefined || name === null) return placed;
  const dataset = constant(name, one.item.values.length, "the one dataset of the answers");
  return placed.map((row) => (row === one ? { ...one, dataset } : row));
}

/**
 * Where only the questions say to which dataset they belong, rows about them get it from the question. Questions must be in one dataset
 * each.
 */
export function withDatasets(placed: readonly Placed[], questions: readonly Placed[]): readonly Placed[] {
  const [one] = questions;
  if (one === undefined || placed.length === questions.length || new Set(one.dataset.values).size < 2)
    return placed;
  const datasetOf = new Map<string | null, string | null>();
  for (const [at, item] of one.item.values.entries()) {
    const known = datasetOf.get(item);
    if (known !== undefined && known !== one.dataset.values[at]) return placed;
    datasetOf.set(item, one.dataset.values[at] ?? null);
  }
  return placed.map((row) => {
    if (questions.includes(row) || new Set(row.dataset.values).size > 1) return row;
    const matched = row.item.values.filter((item) => datasetOf.has(item)).length;
    if (matched < row.item.values.length / 2) return row;
    const { sheet } = row;
    const inner = sheet.relation.startsWith("(") ? `${sheet.relation} AS ${sheet.name}` : sheet.relation;
    const known = `SELECT DISTINCT ${one.item.sql} AS question_id, ${one.dataset.sql} AS question_dataset FROM ${one.sheet.relation}`;
    const relation = `(SELECT * FROM ${inner} LEFT JOIN (${known}) ON CAST(${row.item.sql} AS VARCHAR) = CAST(question_id AS VARCHAR))`;
    return {
      ...row,
      sheet: { ...sheet, relation },
      dataset: {
        sql: "question_dataset",
        values: row.item.values.map((item) => datasetOf.get(item) ?? null),
        words: `${one.dataset.words} of the question`,
      },
    };
  });
}
