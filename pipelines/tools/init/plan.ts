import { InputError } from "../../../src/lib/errors.js";
import { literal } from "../../warehouse/sql.js";
import { type Axis, constant, itemAxis, modelShare, ofColumn, ofLevel, stemOf, varyingLevels } from "./axes.js";
import type { Column } from "./columns.js";
import { areScores, asText, distinct, languageOf, present, textsOf } from "./content.js";
import { type Gold, goldOf, type Options, optionsOf } from "./gold.js";
import { type Answers, answerTo } from "./open-question.js";

import { type Scale, scaleOf, scoreSql } from "./scale.js";
import type { Sheet } from "./sheets.js";
import { unnested, wideAlias } from "./wide.js";

/** One table of the mapping. */
export interface PlannedTable {
  readonly from: string;
  readonly columns: Readonly<Record<string, string | number>>;
}

export interface PlannedDataset {
  readonly id: string;
  readonly answerType: string;
  readonly language: string;
  readonly scorer: string;
  readonly options: Readonly<Record<string, unknown>>;
  readonly metric: string;
  /** Why this scorer, for the comment in the catalogue. */
  readonly why: string;
}

export interface Plan {
  readonly tables: Readonly<Partial<Record<"items" | "responses" | "judgments" | "ratings", PlannedTable>>>;
  readonly datasets: readonly PlannedDataset[];
  /** What was recognized, in the order of the files. */
  readonly found: readonly { readonly what: string; readonly from: string; readonly file: string }[];
  /** Columns that are not used, by file. */
  readonly unused: readonly { readonly file: string; readonly columns: readonly string[] }[];
  readonly notes: readonly string[];
  /** Whether finished scores are all that is scored, so that a missing score is no wrong answer. */
  readonly hasOnlyScores: boolean;
  readonly needsJudge: boolean;
}

/** A sheet with what its rows are about. */
interface Placed {
  readonly sheet: Sheet;
  readonly item: Axis;
  readonly system: Axis | null;
  readonly dataset: Axis;
  readonly gives: { readonly items: boolean; readonly responses: boolean; readonly judgments: boolean; readonly ratings: boolean };
}

/** Plans mapping and catalogue; throws `NeedAnswer` where the files leave a question open. */
export function planFrom(sheets: readonly Sheet[], answers: Answers, benchmark: string): Plan {
  const useful = sheets.filter((sheet) => Object.values(givesOf(sheet)).some(Boolean));
  if (useful.length === 0) throw nothingKnown(sheets);
  const notes: string[] = [];
  const placed = useful.map((sheet) => place(sheet, useful, answers, benchmark));
  const found: { what: string; from: string; file: string }[] = [];
  const say = (sheet: Sheet, what: string, from: string) => found.push({ what, from, file: filesOf(sheet) });
  for (const { sheet, item, system, dataset } of placed) {
    say(sheet, "question id", item.words);
    if (system !== null) say(sheet, "system", system.words);
    say(sheet, "dataset", dataset.words);
  }
  const questions = chooseQuestions(placed);
  checkJoin(placed, questions, answers);
  const scored = questions.map((one) => {
    const { options, note } = optionsOf(one.sheet.recognized);
    if (note !== null) notes.push(note);
    const { gold: column } = one.sheet.recognized.roles;
    const answer = placed.map(({ sheet }) => sheet.recognized.roles.answer).find((given) => given !== undefined);
    const gold = column === undefined ? null : goldOf(column, options, answer, answers);
    if (gold !== null) say(one.sheet, "right answer", gold.words);
    if (options !== null) say(one.sheet, "options", options.words);
    return { one, options, gold };
  });
  const graded = gradesOf(placed, answers, benchmark, say);
  const datasets = datasetsOf(placed, scored, graded, answers, notes);
  const tables = {
    ...itemsTable(scored, say),
    ...responsesTable(placed, graded, say),
    ...graded.tables,
  };
  if (tables.responses === undefined)
    notes.push("no file has answers, scores or grades of a system, so there is nothing to score yet; init again when there are answers");
  return {
    tables,
    datasets,
    found,
    unused: unusedOf(sheets, useful, placed),
    notes: [...new Set(notes)],
    hasOnlyScores: datasets.every(({ scorer }) => scorer === "given"),
    needsJudge: datasets.some(({ scorer }) => scorer === "judge" || scorer === "key_points") && graded.tables.judgments === undefined,
  };
}

const filesOf = ({ files }: Sheet): string =>
  files.length === 1 ? (files[0]?.file as string) : `${files[0]?.file} and ${files.length - 1} more`;

function givesOf({ recognized: { roles, optionColumns, others }, wide }: Sheet): Placed["gives"] {
  const isRated = roles.rater !== undefined || roles.rating !== undefined || wide?.what === "rater";
  const isJudged = !isRated && (roles.judge_score !== undefined || (roles.judge !== undefined && (roles.score !== undefined || others.some(areScores))));
  return {
    items:
      roles.gold !== undefined || roles.key_points !== undefined || roles.options !== undefined || optionColumns.length > 0 ||
      (roles.question !== undefined && roles.item !== undefined) || (roles.specialty !== undefined && (roles.item ?? roles.question) !== undefined),
    responses: roles.answer !== undefined || wide?.what === "system" || (!isRated && !isJudged && roles.score !== undefined),
    judgments: isJudged,
    ratings: isRated,
  };
}

function nothingKnown(sheets: readonly Sheet[]): InputError {
  const shown = sheets
    .slice(0, 3)
    .map((sheet) => `${filesOf(sheet)} has ${sheet.columns.slice(0, 12).map(({ name }) => name).join(", ")}`)
    .join("; ");
  return new InputError(`no column is known as an answer, a right answer, a score or a grade: ${shown}`, {
    hint: "Say what columns are: --column item=COLUMN --column answer=COLUMN --column gold=COLUMN --column score=COLUMN --column system=COLUMN.",
  });
}

function place(sheet: Sheet, all: readonly Sheet[], answers: Answers, benchmark: string): Placed {
  const { recognized, files, wide } = sheet;
  const { roles } = recognized;
  const n = sheet.files.reduce((sum, { records }) => sum + records.length, 0);
  const gives = givesOf(sheet);
  const item = itemAxis(recognized, files, answers);
  const needsSystem = gives.responses || gives.judgments || gives.ratings;
  let levels = varyingLevels(files);
  let system: Axis | null = null;
  if (needsSystem) {
    const stated = answers.get("system");
    const isCollected = roles.system !== undefined;
    if (wide?.what === "system")
      system = { sql: `${wideAlias}.who`, values: new Array<null>(n).fill(null), words: `one column each: ${wide.entries.map(({ name }) => name).slice(0, 6).join(", ")}${wide.entries.length > 6 ? `, and ${wide.entries.length - 6} more` : ""}` };
    else if (isCollected) system = ofColumn(roles.system as Column);
    else if (stated !== undefined) system = constant(stated, n, "as stated");
    else if (levels.length > 0) {
      const chosen = systemLevel(levels, sheet, item, roles.dataset !== undefined, answers);
      if (chosen !== null) {
        system = ofLevel(chosen, files);
        levels = levels.filter((level) => level !== chosen);
      }
    }
    if (system === null) {
      const name = stemOf((files[0]?.file ?? "system").split("/").at(-1) as string).replace(/^(?:answers?|responses?|outputs?|results?)[_\- ]+(?=.)/i, "");
      const others = all.filter((other) => other !== sheet).flatMap(({ recognized: known }) => (known.roles.system === undefined ? [] : [...distinct(known.roles.system)]));
      const only = [...new Set(others)];
      system =
        files.length === 1 && only.length > 1
          ? constant(answerTo(answers, { id: "system", text: `Which system gave the answers in ${files[0]?.file}?`, choices: only, option: "--system NAME" }), n, "as stated")
          : constant(files.length === 1 ? name : answerTo(answers, { id: "system", text: `Which system gave the answers in ${filesOf(sheet)}?`, option: "--system NAME" }), n, "the name of the file, because no column names a system");
    }
  }
  return { sheet, item, system, dataset: datasetAxis(sheet, levels, item, n, answers, benchmark), gives };
}

/** Which varying part of the paths names the systems: the one with names of models, or the only one if files repeat the questions. */
function systemLevel(levels: ReturnType<typeof varyingLevels>, sheet: Sheet, item: Axis, hasDataset: boolean, answers: Answers) {
  const likely = [...levels].sort((a, b) => modelShare(b) - modelShare(a))[0];
  if (likely !== undefined && modelShare(likely) > 0.5) return likely;
  const [only, ...more] = levels;
  if (only !== undefined && more.length === 0 && (hasDataset || repeatsItems(sheet, item))) return only;
  const names = levels.map(({ words, byFile }) => `${words} (${[...new Set(byFile.values())].slice(0, 3).join(", ")})`);
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

function datasetAxis(sheet: Sheet, levels: ReturnType<typeof varyingLevels>, item: Axis, n: number, answers: Answers, benchmark: string): Axis {
  const { roles } = sheet.recognized;
  const stated = answers.get("dataset");
  if (stated !== undefined) return constant(stated, n, "as stated");
  if (roles.dataset !== undefined) return ofColumn(roles.dataset);
  const [level] = levels.filter(({ byFile }) => [...byFile.values()].every((value) => !/^\d{4}-?\d\d-?\d\d|^\d{8}/.test(value)));
  if (level !== undefined && !repeatsItems(sheet, item)) return ofLevel(level, sheet.files);
  return constant(benchmark, n, "one dataset");
}

/** The sheets that describe the questions: files of questions if there are any, otherwise those of answers that repeat them. */
function chooseQuestions(placed: readonly Placed[]): readonly Placed[] {
  const all = placed.filter(({ gives }) => gives.items);
  const own = all.filter(({ gives }) => !gives.responses && !gives.judgments && !gives.ratings);
  const withGold = (list: readonly Placed[]) => list.some(({ sheet }) => sheet.recognized.roles.gold !== undefined || sheet.recognized.roles.key_points !== undefined);
  if (own.length > 0 && (withGold(own) || !withGold(all))) return own;
  return all.filter(({ sheet }) => sheet.recognized.roles.gold !== undefined || !withGold(all));
}

/** Answers must be about the questions: their ids and datasets have to match. */
function checkJoin(placed: readonly Placed[], questions: readonly Placed[], answers: Answers): void {
  if (questions.length === 0) return;
  const known = new Set(questions.flatMap(({ item, dataset }) => item.values.map((value, at) => `${dataset.values[at]}\0${value}`)));
  for (const one of placed) {
    if (questions.includes(one)) continue;
    const keys = one.item.values.map((value, at) => `${one.dataset.values[at]}\0${value}`);
    const matched = keys.filter((key) => known.has(key)).length;
    if (matched >= keys.length / 2 || answers.get("join") === "yes") continue;
    const [theirs, ours] = [keys.find((key) => !known.has(key)), [...known][0]].map((key) => key?.split("\0") ?? []);
    throw new InputError(
      `${filesOf(one.sheet)}: only ${matched} of ${keys.length} rows are about a question of ${filesOf((questions[0] as Placed).sheet)}: question ${JSON.stringify(theirs?.[1])} of dataset ${JSON.stringify(theirs?.[0])} is not there; one that is there is ${JSON.stringify(ours?.[1])} of ${JSON.stringify(ours?.[0])}`,
      { hint: "Name the columns with the id of the question in both (--column item=COLUMN), or state the dataset: --dataset NAME." },
    );
  }
}

type Say = (sheet: Sheet, what: string, from: string) => void;

interface Scored {
  readonly one: Placed;
  readonly options: Options | null;
  readonly gold: Gold | null;
}

function itemsTable(scored: readonly Scored[], say: Say): { items?: PlannedTable } {
  const [first, ...more] = scored;
  if (first === undefined) return {};
  const { one, options, gold } = first;
  if (more.length > 0)
    throw new InputError(`questions are in files of different kinds: ${scored.map(({ one: { sheet } }) => filesOf(sheet)).join("; ")}`, {
      hint: "Run init for each of them with --out, or bring them into one form.",
    });
  const { roles } = one.sheet.recognized;
  const columns: Record<string, string> = { item_id: one.item.sql, dataset: one.dataset.sql };
  if (roles.question !== undefined) columns["question"] = roles.question.sql;
  if (options !== null) columns["options"] = options.sql;
  if (gold !== null) columns["gold"] = gold.sql;
  if (roles.key_points !== undefined) columns["key_points"] = `to_json(${roles.key_points.sql})`;
  for (const [role, column] of [["specialty", "specialty_primary"], ["specialty_2", "specialty_secondary"], ["difficulty", "difficulty"], ["language", "language"]] as const) {
    const found = roles[role];
    if (found === undefined) continue;
    columns[column] = found.values.some(Array.isArray) ? `array_to_string(${found.sql}, '|')` : found.sql;
    say(one.sheet, role === "specialty_2" ? "secondary specialty" : role, `column ${JSON.stringify(found.name)}`);
  }
  if (roles.question !== undefined) say(one.sheet, "question", `column ${JSON.stringify(roles.question.name)}`);
  const keys = one.item.values.map((value, at) => `${one.dataset.values[at]}\0${value}`);
  checkOneGold(one, keys);
  const isOneRow = new Set(keys).size === keys.length;
  const relation = one.sheet.relation.replace(/^\((.*)\)$/s, "$1");
  const from = isOneRow
    ? relation
    : `SELECT DISTINCT ON (${one.dataset.sql}, ${one.item.sql}) * FROM ${one.sheet.relation}`;
  return { items: { from, columns } };
}

/** Rows of one question must agree on its right answer. */
function checkOneGold({ sheet, item }: Placed, keys: readonly string[]): void {
  const { gold } = sheet.recognized.roles;
  if (gold === undefined) return;
  const known = new Map<string, string>();
  for (const [at, key] of keys.entries()) {
    const value = gold.values[at];
    if (value === undefined || value === null) continue;
    const text = JSON.stringify(value);
    const before = known.get(key);
    if (before !== undefined && before !== text)
      throw new InputError(
        `${filesOf(sheet)}: question ${JSON.stringify(item.values[at])} has two right answers, ${before} and ${text} (column ${JSON.stringify(gold.name)})`,
        { hint: "Rows of one question must agree. If ids repeat in each dataset or file, name the column of the dataset: --column dataset=COLUMN; if the column is an answer of the system: --column answer=COLUMN." },
      );
    known.set(key, text);
  }
}

interface Grades {
  readonly tables: { readonly judgments?: PlannedTable; readonly ratings?: PlannedTable };
  readonly scale: Scale | null;
  /** Relations with one row a response, for sheets that only have grades. */
  readonly relations: readonly string[];
  readonly datasets: ReadonlySet<string>;
}

/** Tables of judgments and ratings. */
function gradesOf(placed: readonly Placed[], answers: Answers, benchmark: string, say: Say): Grades {
  const tables: { judgments?: PlannedTable; ratings?: PlannedTable } = {};
  const relations: string[] = [];
  const judged = new Set<string>();
  let scale: Scale | null = null;
  for (const kind of ["judgments", "ratings"] as const) {
    for (const one of placed.filter(({ gives }) => gives[kind])) {
      if (tables[kind] !== undefined)
        throw new InputError(`${kind} are in files of different kinds, one of them ${filesOf(one.sheet)}`, { hint: "Bring them into one form, or write the mapping: docs/mapping.md." });
      const { roles, others } = one.sheet.recognized;
      const isRating = kind === "ratings";
      const wide = one.sheet.wide?.what === "rater" ? one.sheet.wide : null;
      const main = isRating ? (roles.rating ?? roles.score ?? roles.judge_score) : (roles.judge_score ?? roles.score);
      const columns = wide !== null ? wide.entries.flatMap(({ score }) => score ?? []) : roles.criterion === undefined ? criteriaColumns(main, others) : main === undefined ? [] : [main];
      if (columns.length === 0)
        throw new InputError(`${filesOf(one.sheet)}: no column has grades as numbers`, { hint: `Name it: --column ${isRating ? "rating" : "judge_score"}=COLUMN.` });
      const own = scaleOf(columns, answers, `Column ${columns.map(({ name }) => JSON.stringify(name)).join(", ")}`);
      if (!isRating) scale = own;
      const isMany = wide === null && columns.length > 1;
      const relation =
        wide !== null
          ? unnested(one.sheet.relation, wide, scoreSql)
          : isMany
            ? `SELECT *, unnest([\n${columns.map((column) => `  {criterion: ${literal(column.name)}, grade: ${scoreSql(column)}}`).join(",\n")}\n]) AS ${wideAlias} FROM ${one.sheet.relation}`
            : `SELECT * FROM ${one.sheet.relation}`;
      const grade = wide !== null ? `${wideAlias}.score` : isMany ? `${wideAlias}.grade` : scoreSql(columns[0] as Column);
      const criterion = roles.criterion?.sql ?? (isMany ? `${wideAlias}.criterion` : literal("overall"));
      const judge = roles.judge?.sql ?? literal(judgeName(main));
      const rater = wide !== null ? `${wideAlias}.who` : (roles.rater?.sql ?? literal("rater 1"));
      tables[kind] = {
        from: relation,
        columns: {
          system: (one.system as Axis).sql,
          dataset: one.dataset.sql,
          item_id: one.item.sql,
          ...(isRating ? { rater } : { judge, rubric_version: literal(`${benchmark}/1`) }),
          criterion,
          scale_min: own.min,
          scale_max: own.max,
          ...(isRating ? { raw: `CAST(${grade} AS VARCHAR)`, role: literal("physician") } : { value: grade }),
          ...(roles.rationale !== undefined && !isRating ? { rationale: roles.rationale.sql } : {}),
          ...(roles.repeat === undefined ? {} : { repeat: repeatSql(roles.repeat) }),
        },
      };
      say(one.sheet, isRating ? "ratings by people" : "grades by a judge", `columns ${columns.map(({ name }) => JSON.stringify(name)).join(", ")}; scale ${own.words}`);
      if (isRating) say(one.sheet, "rater", wide === null ? (roles.rater === undefined ? "one rater, because no column names raters" : `column ${JSON.stringify(roles.rater.name)}`) : wide.entries.map(({ name }) => name).join(", "));
      else say(one.sheet, "judge", roles.judge === undefined ? `${judgeName(main)}, after the column` : `column ${JSON.stringify(roles.judge.name)}`);
      if (!isRating) for (const value of one.dataset.values) if (value !== null) judged.add(value);
      relations.push(`SELECT ${(one.system as Axis).sql} AS system, ${one.dataset.sql} AS dataset, ${one.item.sql} AS item${roles.repeat === undefined ? "" : `, ${repeatSql(roles.repeat)} AS repeat`} FROM ${one.sheet.relation}`);
    }
  }
  return { tables, scale, relations, datasets: judged };
}

/** All columns with grades on the scale of the main one, without sums and means. */
function criteriaColumns(main: Column | undefined, others: readonly Column[]): Column[] {
  const further = others.filter((column) => column.keys.length === 1 && areScores(column) && !/total|overall|sum|mean|average|avg|总|平均|合计|second|minute|token|time|id$|index|year|length/i.test(column.name));
  if (main === undefined) return further;
  const isTotal = /total|overall|sum|mean|average|总|平均|合计/i.test(main.name);
  const range = Math.max(...present([...main.values]).map(Number));
  const alike = further.filter((column) => Math.max(...present([...column.values]).map(Number)) <= Math.max(range, 1) * 1.5);
  return isTotal && alike.length > 0 ? alike : [main, ...alike];
}

function judgeName(column: Column | undefined): string {
  const name = (column?.name ?? "judge").replace(/[\s_.-]*(?:score|grade|rating|verdict|评分|打分|得分)$/i, "");
  return name === "" ? "judge" : name;
}

function repeatSql(column: Column): string {
  const numbers = textsOf(column).map(Number);
  const [lowest, highest] = [Math.min(...numbers), Math.max(...numbers)];
  if (lowest === 1 && highest <= new Set(numbers).size) return `CAST(${column.sql} AS INTEGER)`;
  if (lowest === 0 && highest + 1 <= new Set(numbers).size) return `CAST(${column.sql} AS INTEGER) + 1`;
  return `dense_rank() OVER (ORDER BY CAST(${column.sql} AS BIGINT))`;
}

const carried = [
  ["condition", "condition"],
  ["finish_reason", "finish_reason"],
  ["error", "error"],
  ["prompt_tokens", "prompt_tokens"],
  ["completion_tokens", "completion_tokens"],
  ["cost", "cost_usd"],
] as const;

function responsesTable(placed: readonly Placed[], graded: Grades, say: Say): { responses?: PlannedTable } {
  const sources = placed.filter(({ gives }) => gives.responses);
  if (sources.length > 1)
    throw new InputError(`answers or scores are in files of different kinds: ${sources.map(({ sheet }) => filesOf(sheet)).join("; ")}`, {
      hint: "Run init for each of them, with the questions, or bring them into one form.",
    });
  const [one] = sources;
  if (one === undefined)
    return graded.relations.length === 0
      ? {}
      : {
          responses: {
            from: `SELECT DISTINCT * FROM (\n${graded.relations.map((relation) => `  ${relation}`).join("\n  UNION ALL BY NAME\n")}\n)`,
            columns: { system: "system", dataset: "dataset", item_id: "item", ...(graded.relations.some((sql) => sql.includes(" AS repeat")) ? { repeat: "coalesce(repeat, 1)" } : {}), raw: "CAST(NULL AS VARCHAR)" },
          },
        };
  const { sheet } = one;
  const { roles } = sheet.recognized;
  const wide = sheet.wide?.what === "system" ? sheet.wide : null;
  const columns: Record<string, string | number> = { system: (one.system as Axis).sql, dataset: one.dataset.sql, item_id: one.item.sql };
  if (roles.repeat !== undefined) {
    columns["repeat"] = repeatSql(roles.repeat);
    say(sheet, "attempt", `column ${JSON.stringify(roles.repeat.name)}`);
  }
  if (wide !== null) {
    const has = (what: "answer" | "score") => wide.entries.some((entry) => entry[what] !== undefined);
    columns["raw"] = has("answer") ? `${wideAlias}.answer` : "CAST(NULL AS VARCHAR)";
    if (has("score")) columns["source_score"] = `${wideAlias}.score`;
    say(sheet, has("answer") ? "answer" : "score", "one column for each system");
    const filled = has("answer") ? "" : `\nWHERE ${wideAlias}.score IS NOT NULL`;
    return { responses: { from: has("answer") ? unnested(sheet.relation, wide, scoreSql) : `SELECT * FROM (${unnested(sheet.relation, wide, scoreSql)})${filled}`, columns } };
  }
  columns["raw"] = roles.answer === undefined ? "CAST(NULL AS VARCHAR)" : roles.answer.sql;
  if (roles.answer !== undefined) say(sheet, "answer of the system", `column ${JSON.stringify(roles.answer.name)}`);
  if (roles.parsed !== undefined) {
    columns["source_parsed"] = `CAST(${roles.parsed.sql} AS VARCHAR)`;
    say(sheet, "answer as the source read it", `column ${JSON.stringify(roles.parsed.name)}`);
  }
  if (roles.score !== undefined && !one.gives.judgments) {
    columns["source_score"] = scoreSql(roles.score);
    say(sheet, "score", `column ${JSON.stringify(roles.score.name)}`);
  }
  if (roles.latency_s !== undefined) columns["latency_s"] = `TRY_CAST(${roles.latency_s.sql} AS DOUBLE)`;
  if (roles.latency_ms !== undefined) columns["latency_s"] = `TRY_CAST(${roles.latency_ms.sql} AS DOUBLE) / 1000`;
  for (const [role, column] of carried) {
    const given = roles[role];
    if (given === undefined) continue;
    columns[column] = column.endsWith("tokens") ? `TRY_CAST(${given.sql} AS INTEGER)` : column === "cost_usd" ? `TRY_CAST(${given.sql} AS DOUBLE)` : column === "condition" ? `coalesce(nullif(trim(${given.sql}), ''), 'base')` : given.sql;
    say(sheet, column.replaceAll("_", " "), `column ${JSON.stringify(given.name)}`);
  }
  const isOnlyScore = roles.answer === undefined;
  const relation = sheet.relation.replace(/^\((.*)\)$/s, "$1");
  return {
    responses: {
      from: isOnlyScore ? `SELECT * FROM ${sheet.relation} WHERE ${columns["source_score"]} IS NOT NULL` : relation,
      columns,
    },
  };
}

/** Datasets in the order in which they occur, each with the scorer that fits its right answers or scores. */
function datasetsOf(placed: readonly Placed[], scored: readonly Scored[], graded: Grades, answers: Answers, notes: string[]): PlannedDataset[] {
  const ids = [...new Set(placed.flatMap(({ dataset }) => dataset.values.flatMap((value) => value ?? [])))];
  const answered = placed.find(({ gives }) => gives.responses);
  const wide = answered?.sheet.wide?.what === "system" ? answered.sheet.wide : null;
  const scores = wide === null ? [answered?.sheet.recognized.roles.score].flatMap((column) => column ?? []) : wide.entries.flatMap(({ score }) => score ?? []);
  const hasAnswers = answered?.sheet.recognized.roles.answer !== undefined || (wide?.entries.some(({ answer }) => answer !== undefined) ?? false);
  return ids.map((id) => {
    const texts = scored.flatMap(({ one }) => pick(one.sheet.recognized.roles.question?.values ?? [], one, id));
    const language = languageOf(texts.flatMap((text) => asText(text) ?? []));
    const kinds = new Set(scored.flatMap(({ one, gold }) => pick(gold?.kinds ?? [], one, id)).filter((kind) => kind !== "none"));
    const base = { id, language };
    if (hasAnswers) {
      if (kinds.has("letters") && [...kinds].every((kind) => kind === "letter" || kind === "letters"))
        return { ...base, answerType: "multiple_choice", scorer: "set", options: { kind: "letters" }, metric: "accuracy", why: "right answers are sets of option letters; all must be given and no other" };
      if (kinds.size === 1 && kinds.has("letter"))
        return { ...base, answerType: "single_choice", scorer: "choice", options: {}, metric: "accuracy", why: "right answers are option letters" };
      if (kinds.size === 1 && kinds.has("label"))
        return { ...base, answerType: "label", scorer: "label", options: {}, metric: "accuracy", why: "right answers are a few labels" };
      if (kinds.size === 1 && kinds.has("number") && scores.length === 0)
        return { ...base, answerType: "number", scorer: "number", options: {}, metric: "accuracy", why: "right answers are numbers; those with a fraction may be off by 5 %" };
    }
    if (graded.datasets.has(id)) return { ...base, answerType: "open", scorer: "judge", options: {}, metric: "judge", why: "grades by a judge, as a share of the highest grade" };
    if (scores.length > 0) {
      const scale = scaleOf(scores, answers, `Column ${scores.map(({ name }) => JSON.stringify(name)).slice(0, 4).join(", ")}`);
      return { ...base, answerType: "open", scorer: "given", options: scale.min === 0 && scale.max === 1 ? {} : { min: scale.min, max: scale.max }, metric: "score", why: `scores that the files give, on the scale ${scale.words}` };
    }
    if (kinds.size === 1 && kinds.has("list"))
      return { ...base, answerType: "set", scorer: "set", options: { kind: "names" }, metric: "accuracy", why: "right answers are lists of names; all must be given and no other" };
    if (scored.some(({ one }) => one.sheet.recognized.roles.key_points !== undefined))
      return { ...base, answerType: "open", scorer: "key_points", options: {}, metric: "key_point_recall", why: "a judge has to say which key points an answer covers" };
    if (!hasAnswers && kinds.size === 1 && kinds.has("letter"))
      return { ...base, answerType: "single_choice", scorer: "choice", options: {}, metric: "accuracy", why: "right answers are option letters" };
    notes.push(`dataset ${id}: answers are free text and no column has scores, so a judge has to grade them: medbench judge --help`);
    return { ...base, answerType: "open", scorer: "judge", options: {}, metric: "judge", why: "answers are free text: a judge has to grade them" };
  });
}

function pick<T>(values: readonly T[], { dataset }: Placed, id: string): T[] {
  return values.filter((_, at) => dataset.values[at] === id);
}

function unusedOf(sheets: readonly Sheet[], useful: readonly Sheet[], placed: readonly Placed[]) {
  const used = new Set(placed.flatMap(({ sheet }) => [
    ...Object.values(sheet.recognized.roles),
    ...sheet.recognized.optionColumns.map(({ column }) => column),
    ...(sheet.wide?.entries.flatMap(({ answer, score }) => [answer, score].flatMap((column) => column ?? [])) ?? []),
  ]));
  return sheets.flatMap((sheet) => {
    const names = useful.includes(sheet)
      ? sheet.columns.filter((column) => !used.has(column) && column.keys.length === 1 && !column.name.includes("[") && ![...used].some((other) => other?.name.startsWith(`${column.name}.`) || other?.name.startsWith(`${column.name}[`))).map(({ name }) => name)
      : ["no column is known"];
    return names.length === 0 ? [] : [{ file: filesOf(sheet), columns: names }];
  });
}

