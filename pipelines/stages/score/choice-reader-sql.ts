import { DROPPED, FOLDED } from "../../../src/lib/metrics/choice-reader/clean.js";
import {
  DOUBT,
  HEAD,
  OPENING,
  READING_RULES,
  type ReadingRule,
  SHORT,
  TAIL,
} from "../../../src/lib/metrics/choice-reader/rules.js";
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
const STRIPPED = "choice_stripped";
/** Columns that tell whether a text contains the characters that rules need: each character is searched once for all rules. */
const HAS: Readonly<Record<NonNullable<ReadingRule["needs"]>, string>> = {
  "<": "choice_has_angle",
  "{": "choice_has_brace",
};
/** Marks unknown options in SQL: the same letters as `DEFAULT_LETTERS`, and a character that no item has. */
const UNKNOWN = `${DEFAULT_LETTERS}?`;

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
/** A look at the first characters only, because cleaning would rewrite the whole text. */
const isBlank = (text: string) => `regexp_full_match(${text}, ${literal(BLANK)})`;

/**
 * The steps of `stripReasoning`: of each piece between closing marks the text before its opening mark is kept; a
 * piece without one takes all before it away. An opening mark put behind the text makes the last piece like the others.
 * String functions, because a pattern that runs through a block costs twenty times as much.
 */
const PIECES = `CASE WHEN ${HAS["<"]} THEN CASE WHEN regexp_matches(choice_text, '</?think')
      THEN string_split_regex(choice_text || '<think>', '</think(?:ing)?>') END END`;
const beforeOpening = (piece: string) => `split_part(split_part(${piece}, '<think>', 1), '<thinking>', 1)`;
const kept = (before: string, piece: string) =>
  `CASE WHEN contains(${piece}, '<think>') OR contains(${piece}, '<thinking>') THEN ${before} || ${beforeOpening(piece)} ELSE '' END`;
/** Most texts have one block; a lambda, which handles any number of them, is set up again for every vector of rows. */
const WITHOUT_REASONING = `CASE WHEN choice_pieces IS NULL THEN choice_text
      WHEN len(choice_pieces) = 1 THEN ${beforeOpening("choice_pieces[1]")}
      WHEN len(choice_pieces) = 2 THEN ${kept("''", "choice_pieces[1]")} || ${beforeOpening("choice_pieces[2]")}
      ELSE list_reduce(list_prepend('', choice_pieces), lambda before, piece: ${kept("before", "piece")}) END`;

function view(rule: ReadingRule): string {
  switch (rule.scope) {
    case "opening":
      return `left(${STRIPPED}, ${OPENING})`;
    case "head":
      return `left(${STRIPPED}, ${HEAD})`;
    case "tail":
      return `substring(${STRIPPED}, -${TAIL})`;
    case "short":
      return clean(STRIPPED);
    case "all":
      return STRIPPED;
  }
}

/** Whether the rule is tried at all: a check that mostly costs less than its pattern. */
function gate(rule: ReadingRule): string | null {
  const conditions = [
    ...(rule.multiple ? ["choice_multiple"] : []),
    ...(rule.needs === undefined ? [] : [HAS[rule.needs]]),
    ...(rule.scope === "short"
      ? [`strlen(${STRIPPED}) <= ${4 * SHORT}`, `length(${STRIPPED}) <= ${SHORT}`]
      : []),
    ...(rule.unless === undefined ? [] : [`NOT regexp_matches(${view(rule)}, ${literal(rule.unless)})`]),
  ];
  return conditions.length === 0 ? null : conditions.join(" AND ");
}

/** Separates matches in one text: a character that a match can only end with. */
const BREAK = "\u001e";

/** A list of texts as one text. Not `array_to_string`, a macro that names its list twice. */
const joined = (list: string) => `list_aggregate(${list}, 'string_agg', '${BREAK}')`;

/** What the rule captured, NULL if nothing. A lambda costs as much as a pattern, so few are used here. */
function captured(rule: ReadingRule, languages: readonly Language[]): string {
  const source = rule.pattern(languages);
  const pattern = literal(source);
  if (rule.name === "refused") return `CASE WHEN ${matchesPattern(view(rule), source)} THEN '' END`;
  if (rule.line !== undefined) {
    const match = `regexp_extract(${view(rule)}, ${pattern})`;
    return `nullif(regexp_replace(${match}, ${literal(rule.line(languages))}, '\\1', 'g'), '')`;
  }
  if (rule.match !== undefined) return lastCaptured(rule, rule.match, languages);
  const captures = `regexp_extract_all(${view(rule)}, ${pattern}, 1)`;
  // A decoy captures nothing: it has consumed its letter and is skipped here.
  const found = rule.decoys ? `regexp_extract_all(${joined(captures)}, '[^${BREAK}]+')` : captures;
  // Each text is used once: `nullif` and `CASE` would run the pattern again for every use.
  switch (rule.take) {
    case "first":
    case "only":
      return `${found}[1]`;
    case "last":
      return `${found}[-1]`;
    case "sole":
      return joined(found);
  }
}

/**
 * First the matches, then the letters of the last one. The matches are in one text, not in a list, because a pattern inside
 * a lambda is compiled again for every vector of rows.
 */
function lastCaptured(
  rule: ReadingRule,
  { letters, decoy }: NonNullable<ReadingRule["match"]>,
  languages: readonly Language[],
): string {
  // Not `regexp_extract`, which copies the whole text first.
  const all = `regexp_extract_all(${view(rule)}, ${literal(rule.pattern(languages))})`;
  const denied = `(?:${decoy(languages)})[^${BREAK}]*`;
  const matches =
    rule.take === "only"
      ? `regexp_replace(${all}[1], ${literal(`^${denied}`)}, '')`
      : `regexp_replace(${joined(all)}, ${literal(`(?:^|${BREAK})${denied}`)}, '', 'g')`;
  return `regexp_extract_all(${matches}, ${literal(letters(languages))}, 1)[1]`;
}

/** In the code column each rule is one letter, by its place in the list. */
const mark = (index: number) => String.fromCharCode("a".charCodeAt(0) + index);
const REFUSED = mark(READING_RULES.findIndex((rule) => rule.name === "refused"));

/** As an SQL list. */
const marksOf = (fits: (rule: ReadingRule) => boolean) =>
  READING_RULES.flatMap((rule, index) => (fits(rule) ? [`'${mark(index)}'`] : [])).join();

/**
 * The mark of the first rule that fires and what it captured, NULL if none does. Inside `CASE`, DuckDB evaluates a
 * branch only for the rows that reach it and does not compute parts that branches share ahead of them.
 *
 * From the first rare rule on, one pattern for all of them tests whether any would fire: this saves most rows
 * that get this far one pass over the text per rule.
 */
function codeExpression(languages: readonly Language[]): string {
  const firstThat = (rules: readonly ReadingRule[]) =>
    `coalesce(${rules.map((rule) => coded(rule, languages)).join(",\n      ")})`;
  const begin = READING_RULES.findIndex((rule) => rule.rarelyMatches);
  const early = READING_RULES.slice(0, begin);
  const late = READING_RULES.slice(begin);
  const anyRare = late
    .flatMap((rule) => (rule.rarelyMatches ? [`(?:${rule.pattern(languages)})`] : []))
    .join("|");
  return `CASE WHEN NOT choice_plain THEN coalesce(${firstThat(early)},
      CASE WHEN ${matchesPattern(STRIPPED, anyRare)} THEN ${firstThat(late)}
        ELSE ${firstThat(late.filter((rule) => !rule.rarelyMatches))} END) END`;
}

/** The rule's mark and capture, NULL if it does not fire. */
function coded(rule: ReadingRule, languages: readonly Language[]): string {
  const code = `'${mark(READING_RULES.indexOf(rule))}' || ${captured(rule, languages)}`;
  const condition = gate(rule);
  return condition === null ? code : `CASE WHEN ${condition} THEN ${code} END`;
}

const LETTERS = `CASE WHEN choice_plain THEN ${STRIPPED}
      WHEN choice_code IS NULL THEN NULL
      WHEN strlen(choice_code) = 2 THEN upper(choice_code[2:])
      ELSE regexp_replace(${clean("choice_code[2:]")}, '[^A-Z]+', '', 'g') END`;
const IN_ORDER = `CASE WHEN strlen(choice_capitals) < 2 THEN choice_capitals
      ELSE array_to_string(list_sort(list_distinct(string_split(choice_capitals, ''))), '') END`;
const RULE_NAME = `[${READING_RULES.map((rule) => literal(rule.name)).join(", ")}][ascii(choice_code) - ${mark(0).charCodeAt(0) - 1}]`;
/** A letter before a lower-case word, a line for every option, or letters that differ where all have to be the same. */
const IN_DOUBT = `CASE WHEN ${matchesPattern("choice_code", `${DOUBT}(?:${BREAK}|$)`)} THEN TRUE
          WHEN choice_code[1] IN (${marksOf((rule) => rule.take === "sole")}) THEN strlen(choice_found) > 1
          WHEN choice_multiple AND choice_code[1] IN (${marksOf((rule) => rule.line !== undefined)})
            THEN strlen(choice_found) = strlen(choice_allowed) END`;
const HELPERS = [
  STRIPPED,
  "choice_text",
  ...Object.values(HAS),
  "choice_pieces",
  "choice_plain",
  "choice_code",
  "choice_found",
  "choice_capitals",
  "choice_allowed",
  "choice_multiple",
  "choice_blank",
];

/**
 * `relation` with the columns `choice_answer`, `choice_letters` (one text), `choice_read_by`, `choice_status` and
 * `choice_needs_reader` of every row: the rules of `readChoice`, with the same patterns, run inside DuckDB.
 *
 * Where `choice_needs_reader` is true the other columns are NULL, and `readChoice` has to read the row with the
 * item's option texts: no rule fired (the last rules compare wordings), several options are marked where one would
 * have to be, the letter stands before a lower-case word ("E. coli"), or it is not an option of the item. Everywhere else the two give the same result.
 *
 * @param relation a table, view or parenthesized query
 */
export function choiceReadingQuery(
  relation: string,
  { text, letters, multiple = "FALSE", languages = LANGUAGES }: ChoiceReadingColumns,
): string {
  const has = Object.entries(HAS).map(
    ([character, column]) => `strlen(${text}) > 1 AND contains(${text}, ${literal(character)}) AS ${column}`,
  );
  // Most responses are one capital letter: such rows skip every rule (`choice_plain`).
  // A `WHEN` for each reason, because `OR` sorts the rows that it keeps.
  return inSteps(relation, [
    `${text} AS choice_text, ${has.join(", ")},
      strlen(${text}) = 1 AND ${text} BETWEEN 'A' AND 'Z' AS choice_plain,
      coalesce(${letters}, '${UNKNOWN}') AS choice_allowed, ${multiple} AS choice_multiple`,
    `${PIECES} AS choice_pieces`,
    `${WITHOUT_REASONING} AS ${STRIPPED}`,
    `${codeExpression(languages)} AS choice_code`,
    `${LETTERS} AS choice_capitals`,
    `${IN_ORDER} AS choice_found,
      CASE WHEN choice_plain THEN NULL
        WHEN choice_code IS NOT NULL THEN NULL
        WHEN choice_text IS NULL THEN 'empty'
        WHEN ${isBlank("choice_text")} THEN 'empty'
        WHEN ${isBlank(STRIPPED)} THEN 'truncated' END AS choice_blank`,
    `CASE WHEN choice_plain THEN NOT contains(choice_allowed, choice_found)
        WHEN strlen(choice_code) = 2 THEN NOT contains(choice_allowed, choice_found)
        WHEN choice_blank IS NOT NULL THEN FALSE
        WHEN choice_code IS NULL THEN choice_allowed <> '${UNKNOWN}'
        WHEN choice_code = '${REFUSED}' THEN FALSE
        WHEN ${IN_DOUBT} THEN TRUE
        WHEN strlen(choice_found) = 1 THEN NOT contains(choice_allowed, choice_found)
        ELSE choice_found = '' OR translate(choice_found, choice_allowed, '') <> '' END AS choice_needs_reader`,
    `CASE WHEN choice_needs_reader THEN NULL
        WHEN choice_plain THEN 'ok'
        WHEN strlen(choice_code) = 2 THEN 'ok'
        WHEN choice_blank IS NOT NULL THEN choice_blank
        WHEN choice_code IS NULL THEN 'invalid'
        WHEN choice_code = '${REFUSED}' THEN 'refused'
        WHEN choice_multiple THEN 'ok'
        WHEN strlen(choice_found) > 1 THEN 'multiple'
        ELSE 'ok' END AS choice_status`,
    `CASE WHEN choice_status = 'ok' THEN choice_found END AS choice_answer,
      CASE WHEN choice_status = 'ok' THEN choice_found
        WHEN choice_status = 'multiple' THEN choice_found
        WHEN choice_status IS NOT NULL THEN '' END AS choice_letters,
      CASE WHEN choice_status = 'ok' THEN CASE WHEN choice_plain THEN 'bare-letters' ELSE ${RULE_NAME} END
        WHEN choice_status = 'multiple' THEN ${RULE_NAME}
        ELSE choice_status END AS choice_read_by`,
  ]);
}

/**
 * Each step adds columns to those before it. A column comes one step after those that it is made from: in the
 * same step it would compute them again.
 */
function inSteps(relation: string, steps: readonly string[]): string {
  const all = steps.reduce((from, columns) => `(SELECT *, ${columns} FROM ${from})`, relation);
  return `SELECT * EXCLUDE (${HELPERS.join(", ")}) FROM ${all}`;
}
