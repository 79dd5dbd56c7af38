import {
  type CertainRule,
  certainRules,
  SHORT,
  TAIL,
} from "../../../src/lib/metrics/choice-reader/certain-rules.js";
import { DROPPED, FOLDED } from "../../../src/lib/metrics/choice-reader/clean.js";
import { OPENS_TURN } from "../../../src/lib/metrics/choice-reader/next-turn.js";
import { DEFAULT_LETTERS, LANGUAGES, type Language } from "../../../src/lib/metrics/choice-reader.js";
import { literal } from "../../warehouse/sql.js";

export interface ChoiceReadingColumns {
  /** SQL expression of the response's text; NULL reads as empty. */
  readonly text: string;
  /** SQL expression of the item's option letters as one text ("ABCDE"); NULL where the options are unknown. */
  readonly letters: string;
  /** SQL expression of a boolean: whether the item may have several correct letters. Default: never. */
  readonly multiple?: string;
  /** SQL expression of a boolean: whether the question asks for other than the right option. Default: never. */
  readonly askedOtherwise?: string;
  /** As in `readChoice`. */
  readonly languages?: readonly Language[];
}

const FROM = FOLDED.map(([character]) => character).join("");
const TO = FOLDED.map(([, plain]) => plain).join("");

/** For patterns that do not match empty text. Not `regexp_matches`, whose pattern the optimizer compiles again and again. */
const matchesPattern = (text: string, pattern: string) =>
  `regexp_extract(${text}, ${literal(pattern)}) <> ''`;

/**
 * `translate` drops the characters of its second argument that have no partner in the third. It rebuilds its table for
 * every row, so it is called only where there is something to remove.
 */
const clean = (text: string) =>
  `trim(CASE WHEN ${matchesPattern(text, `[${FROM}${DROPPED}]`)} THEN translate(${text}, ${literal(FROM + DROPPED)}, ${literal(TO)})
      ELSE ${text} END, ${literal(" \n\t")})`;

/** Texts of which `cleanText` leaves nothing. */
const BLANK = `^[ \\n\\t${DROPPED}${FOLDED.filter(([, plain]) => plain === " ")
  .map(([character]) => character)
  .join("")}]*$`;

const PARTS = "string_split(choice_raw, '</think>')";
const BLOCK = `${PARTS}[1]`;

/**
 * The text without its reasoning, where that is one block that `</think>` closes and the text begins with (its opening mark
 * may be in the prompt), and no other mark of reasoning is in it; all other texts are left as they are.
 */
const WITHOUT_THOUGHT = `CASE WHEN len(${PARTS}) <> 2 THEN choice_raw
      WHEN len(string_split(${BLOCK}, '<')) <> CASE WHEN starts_with(choice_raw, '<think>') THEN 2 ELSE 1 END THEN choice_raw
      WHEN regexp_matches(${BLOCK}, '^[\\s\\pZ\ufeff]*(?:assistant|analysis|commentary)') THEN choice_raw
      WHEN contains(${BLOCK}, '[') AND regexp_matches(${BLOCK}, '(?i)\\[/?think') THEN choice_raw
      WHEN contains(${BLOCK}, '&') AND regexp_matches(${BLOCK}, '(?i)&lt;') THEN choice_raw
      WHEN contains(${BLOCK}, '＜') OR contains(${BLOCK}, '◁') OR contains(${BLOCK}, 'assistantfinal') THEN choice_raw
      WHEN regexp_full_match(${PARTS}[2], ${literal(BLANK)}) THEN choice_raw
      ELSE ${PARTS}[2] END`;

/**
 * Texts that may have reasoning marks or tokens of chat templates, which only `readChoice` removes. Searches for one
 * rare character come first, because a look at all of the text costs as much as reading it; the answer `<B>` and the words
 * "p < 0.05" have no such marks. A long text that begins with a blank may begin with the name of a channel behind it.
 */
const MARKED = `CASE WHEN choice_angle AND contains(choice_text, '<') AND ${matchesPattern("choice_text", "<[^ A-Z0-9=>\\n]|<[A-Z][A-Za-z_]")} THEN TRUE
      WHEN contains(choice_text, '[') AND ${matchesPattern("choice_text", "(?i)\\[/?(?:think|inst)")} THEN TRUE
      WHEN contains(choice_text, '＜') THEN TRUE
      WHEN contains(choice_text, '◁') THEN TRUE
      WHEN contains(choice_text, '&lt;') THEN TRUE
      WHEN contains(choice_text, 'final') AND contains(choice_text, 'assistantfinal') THEN TRUE
      WHEN contains(choice_text, chr(10)) AND ${matchesPattern("choice_text", OPENS_TURN)} THEN TRUE
      WHEN starts_with(choice_text, 'assistant') THEN TRUE
      WHEN starts_with(choice_text, 'analysis') THEN TRUE
      WHEN starts_with(choice_text, 'commentary') THEN TRUE
      WHEN choice_text[1] IN (' ', chr(9), chr(10), chr(13), chr(160), chr(8195), chr(12288), chr(65279))
        THEN ${matchesPattern("choice_text", "^[\\s\\pZ\ufeff]*(?:assistant|analysis|commentary)")}
      ELSE FALSE END`;

const VIEWS: Readonly<Record<CertainRule["scope"], string>> = { short: "choice_short", tail: "choice_tail" };

/** In the code column each rule is one letter, by its place in the list. */
const mark = (index: number) => String.fromCharCode("a".charCodeAt(0) + index);

const matchColumn = (index: number) => `choice_match_${mark(index)}`;

/** The match of each rule, a column of its own: letters and words of doubt are only looked for where there is one. */
const matchOf = ({ scope, pattern }: CertainRule, index: number) =>
  `regexp_extract(${VIEWS[scope]}, ${literal(pattern)}) AS ${matchColumn(index)}`;

/** The same where no rule has fired yet and a capital without another behind it is in the tail: few responses. */
const lateMatchOf = ({ scope, pattern }: CertainRule, index: number) =>
  `CASE WHEN choice_late THEN regexp_extract(${VIEWS[scope]}, ${literal(pattern)}) END AS ${matchColumn(index)}`;
const LATE = `CASE WHEN choice_early IS NOT NULL OR choice_tail IS NULL THEN FALSE
      ELSE ${matchesPattern("choice_tail", "[^A-Za-z][A-ZＡ-Ｚ][^A-ZＡ-Ｚ]*$")} END`;

/** Rules with doubts of their own come last, and for few responses. */
const isLate = ({ unlessInMatch }: CertainRule) => unlessInMatch !== undefined;

/** The rule's mark and what it captured, NULL if nothing. Letters are read from the match, because a group in a large pattern is slow. */
function coded({ scope, letters, unless, unlessInMatch }: CertainRule, index: number): string {
  const found = `'${mark(index)}' || nullif(regexp_extract(${matchColumn(index)}, ${literal(letters)}, 1), '')`;
  const doubts = [
    ...(unlessInMatch === undefined ? [] : [matchesPattern(matchColumn(index), unlessInMatch)]),
    ...(unless === undefined ? [] : [matchesPattern(VIEWS[scope], unless)]),
  ];
  const sure = doubts.map((doubt) => ` AND NOT ${doubt}`).join("");
  return `CASE WHEN ${matchColumn(index)} <> ''${sure} THEN ${found} END`;
}

/** Marks of the rules that may answer a question that asks for other than the right option. */
const bareMarks = (rules: readonly CertainRule[]) =>
  rules.flatMap(({ isBare }, index) => (isBare ? [literal(mark(index))] : [])).join(", ");

const LETTERS = `CASE WHEN choice_plain THEN choice_text
      WHEN choice_code IS NULL THEN NULL
      WHEN strlen(choice_code) = 2 THEN upper(choice_code[2:])
      ELSE regexp_replace(${clean("choice_code[2:]")}, '[^A-Z]+', '', 'g') END`;
const IN_ORDER = `CASE WHEN strlen(choice_capitals) < 2 THEN choice_capitals
      ELSE array_to_string(list_sort(list_distinct(string_split(choice_capitals, ''))), '') END`;
const HELPERS = [
  "choice_raw",
  "choice_angle",
  "choice_text",
  "choice_plain",
  "choice_marked",
  "choice_short",
  "choice_tail",
  "choice_early",
  "choice_late",
  "choice_code",
  "choice_found",
  "choice_capitals",
  "choice_allowed",
  "choice_multiple",
];

/**
 * `relation` with the columns `choice_answer`, `choice_letters` (one text), `choice_read_by`, `choice_status` and
 * `choice_needs_reader` of every row: the certain rules of `readChoice`, with the same patterns, run inside DuckDB.
 *
 * Where `choice_needs_reader` is true the other columns are NULL, and `readChoice` has to read the row: no certain rule
 * fired, the text may have reasoning marks, or a letter is not an option of the item. Everywhere else the two give the
 * same result.
 *
 * @param relation a table, view or parenthesized query
 */
export function choiceReadingQuery(
  relation: string,
  { text, letters, multiple = "FALSE", askedOtherwise, languages = LANGUAGES }: ChoiceReadingColumns,
): string {
  const rules = certainRules(languages);
  const names = `[${rules.map((rule) => literal(rule.name)).join(", ")}][ascii(choice_code) - ${mark(0).charCodeAt(0) - 1}]`;
  const columns = (
    columnOf: (rule: CertainRule, index: number) => string,
    isWanted: (rule: CertainRule) => boolean,
  ) => rules.flatMap((rule, index) => (isWanted(rule) ? [columnOf(rule, index)] : [])).join(",\n      ");
  // Most responses are one capital letter: such rows skip every rule (`choice_plain`).
  const helpers = [...HELPERS, ...rules.map((_, index) => matchColumn(index))];
  return inSteps(relation, helpers, [
    `${text} AS choice_raw,
      strlen(${text}) = 1 AND ${text} BETWEEN 'A' AND 'Z' AS choice_plain,
      coalesce(${letters}, '${DEFAULT_LETTERS}') AS choice_allowed, ${multiple} AS choice_multiple`,
    "CASE WHEN choice_plain THEN FALSE ELSE contains(choice_raw, '<') END AS choice_angle",
    `CASE WHEN choice_angle AND contains(choice_raw, '</think>') THEN ${WITHOUT_THOUGHT} ELSE choice_raw END AS choice_text`,
    `CASE WHEN choice_plain THEN FALSE WHEN choice_text IS NULL THEN FALSE ELSE ${MARKED} END AS choice_marked`,
    `CASE WHEN choice_plain OR choice_marked THEN NULL
        WHEN strlen(choice_text) <= ${4 * SHORT} THEN CASE WHEN length(choice_text) <= ${SHORT} THEN ${clean("choice_text")} END END AS choice_short,
      CASE WHEN NOT choice_plain AND NOT choice_marked THEN substring(choice_text, -${TAIL}) END AS choice_tail`,
    columns(matchOf, (rule) => !isLate(rule)),
    `coalesce(${columns(coded, (rule) => !isLate(rule))}) AS choice_early`,
    `${LATE} AS choice_late`,
    columns(lateMatchOf, isLate),
    askedOtherwise === undefined
      ? `coalesce(choice_early, ${columns(coded, isLate)}) AS choice_code`
      : `CASE WHEN ${askedOtherwise} THEN CASE WHEN choice_early[1] IN (${bareMarks(rules)}) THEN choice_early END
        ELSE coalesce(choice_early, ${columns(coded, isLate)}) END AS choice_code`,
    `${LETTERS} AS choice_capitals`,
    `${IN_ORDER} AS choice_found`,
    `CASE WHEN choice_text IS NULL THEN FALSE
        WHEN choice_capitals IS NOT NULL THEN translate(choice_found, choice_allowed, '') <> ''
        WHEN choice_marked THEN TRUE
        ELSE NOT regexp_full_match(choice_text, ${literal(BLANK)}) END AS choice_needs_reader`,
    `CASE WHEN choice_needs_reader THEN NULL
        WHEN choice_found IS NULL THEN 'empty'
        WHEN choice_multiple THEN 'ok'
        WHEN strlen(choice_found) > 1 THEN 'multiple'
        ELSE 'ok' END AS choice_status`,
    `CASE WHEN choice_status = 'ok' THEN choice_found END AS choice_answer,
      CASE WHEN choice_status IS NOT NULL THEN coalesce(choice_found, '') END AS choice_letters,
      CASE WHEN choice_status IS NULL THEN NULL
        WHEN choice_found IS NULL THEN 'empty'
        WHEN choice_plain THEN 'bare-letters' ELSE ${names} END AS choice_read_by`,
  ]);
}

/**
 * Each step adds columns to those before it. A column comes one step after those that it is made from: in the
 * same step it would compute them again.
 */
function inSteps(relation: string, helpers: readonly string[], steps: readonly string[]): string {
  const all = steps.reduce((from, columns) => `(SELECT *, ${columns} FROM ${from})`, relation);
  return `SELECT * EXCLUDE (${helpers.join(", ")}) FROM ${all}`;
}
