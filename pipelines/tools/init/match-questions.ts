import { InputError } from "../../../src/lib/errors.js";
import { constant } from "./axes.js";
import type { Answers } from "./open-question.js";
import { oneDataset } from "./place.js";
import { filesOf, type Placed, rowKeys } from "./planned.js";

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
  const known = new Set(questions.flatMap(rowKeys));
  for (const one of placed) {
    if (questions.includes(one)) continue;
    const keys = rowKeys(one);
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
