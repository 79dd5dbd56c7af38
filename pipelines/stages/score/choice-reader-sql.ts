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

/**
 * Texts that may have reasoning marks or tokens of chat templates, which only `readChoice` removes. Searches for one
 * rare character come first, because a look at all of the text costs as much as reading it; the answer `<B>` and the words
 * "p < 0.05" have no such marks. A long text that begins with a blank may begin with the name of a channel behind it.
 */
const MARKED = `CASE WHEN contains(choice_text, '<') AND ${matchesPattern("choice_text", "<[^ A-Z0-9=>\\n]|<[A-Z][A-Za-z_]")} THEN TRUE
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
const matchColumns = (rules: readonly CertainRule[]) =>
  rules
    .map(
      ({ scope, pattern }, index) =>
        `regexp_extract(${VIEWS[scope]}, ${literal(pattern)}) AS ${matchColumn(index)}`,
    )
    .join(",\n      ");

/** The rule's mark and what it captured, NULL if nothing. Letters are read from the match, because a group in a large pattern is slow. */
function coded({ scope, letters, unless }: CertainRule, index: number): string {
  const found = `'${mark(index)}' || nullif(regexp_extract(${matchColumn(index)}, ${literal(letters)}, 1), '')`;
  const sure = unless === undefined ? "" : ` AND NOT ${matchesPattern(VIEWS[scope], unless)}`;
  return `CASE WHEN ${matchColumn(index)} <> ''${sure} THEN ${found} END`;
}

const LETTERS = `CASE WHEN choice_plain THEN choice_text
      WHEN choice_code IS NULL THEN NULL
      WHEN strlen(choice_code) = 2 THEN upper(choice_code[2:])
      ELSE regexp_replace(${clean("choice_code[2:]")}, '[^A-Z]+', '', 'g') END`;
const IN_ORDER = `CASE WHEN strlen(choice_capitals) < 2 THEN choice_capitals
      ELSE array_to_string(list_sort(list_distinct(string_split(choice_capitals, ''))), '') END`;
const HELPERS = [
  "choice_text",
  "choice_plain",
  "choice_marked",
  "choice_short",
  "choice_tail",
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
  { text, letters, multiple = "FALSE", languages = LANGUAGES }: ChoiceReadingColumns,
): string {
  const rules = certainRules(languages);
  const names = `[${rules.map((rule) => literal(rule.name)).join(", ")}][ascii(choice_code) - ${mark(0).charCodeAt(0) - 1}]`;
  // Most responses are one capital letter: such rows skip every rule (`choice_plain`).
  const helpers = [...HELPERS, ...rules.map((_, index) => matchColumn(index))];
  return inSteps(relation, helpers, [
    `${text} AS choice_text,
      strlen(${text}) = 1 AND ${text} BETWEEN 'A' AND 'Z' AS choice_plain,
      coalesce(${letters}, '${DEFAULT_LETTERS}') AS choice_allowed, ${multiple} AS choice_multiple`,
    `CASE WHEN choice_plain THEN FALSE WHEN choice_text IS NULL THEN FALSE ELSE ${MARKED} END AS choice_marked`,
    `CASE WHEN choice_plain OR choice_marked THEN NULL
        WHEN strlen(choice_text) <= ${4 * SHORT} THEN CASE WHEN length(choice_text) <= ${SHORT} THEN ${clean("choice_text")} END END AS choice_short,
      CASE WHEN NOT choice_plain AND NOT choice_marked THEN substring(choice_text, -${TAIL}) END AS choice_tail`,
    matchColumns(rules),
    `coalesce(${rules.map(coded).join(",\n      ")}) AS choice_code`,
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
