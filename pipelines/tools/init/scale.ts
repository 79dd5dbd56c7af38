import { InputError } from "../../../src/lib/errors.js";
import { asText } from "./content.js";
import { namedScale } from "./named-scale.js";
import { type Answers, answerTo } from "./open-question.js";
import { columnList, type NumberCell, type ScoreCells } from "./score-cells.js";
import { statedScale } from "./stated-scale.js";

export interface Scale {
  readonly min: number;
  readonly max: number;
  /** The scale, and what it is based on. */
  readonly words: string;
}

/** Scales that people use, which are taken if their lowest and their highest value occur. */
const usualScales: readonly (readonly [number, number])[] = [
  [0, 5],
  [0, 10],
  [1, 5],
  [1, 7],
  [1, 10],
];

/**
 * The scale of scores: stated by the user, by the names of columns, by percent signs or denominators, or plain from the values.
 * Anything else is asked.
 *
 * @param groupOf what has one scale among the rows of a column: the system and the dataset
 * @throws InputError where cells contradict the scale or each other, with their places
 */
export function scaleOf(
  cells: ScoreCells,
  answers: Answers,
  groupOf: (at: number) => string = () => "",
): Scale {
  checkForms(cells);
  const { numbers } = cells;
  const fraction = numbers.find(({ form }) => form === "fraction");
  const said = answers.get("scale");
  if (fraction !== undefined) {
    if (said !== undefined)
      throw new InputError(
        `--scale ${said}: ${place(cells, fraction)} says its highest score itself, as in ${JSON.stringify(textOf(fraction))}`,
        { hint: "Leave --scale out." },
      );
    return { min: 0, max: 1, words: "0 to 1, because each score is written with its highest one, as in 4/5" };
  }
  const stated = statedScale(said ?? "");
  if (stated !== null) {
    checkBounds(cells, stated, "the stated scale");
    return { ...stated, words: `${stated.min} to ${stated.max}, as stated` };
  }
  const named = namedScale(cells.columns);
  const share = numbers.find(({ value }) => value > 0 && value < 1);
  if (named?.max === 100 && share !== undefined && numbers.every(({ value }) => value >= 0 && value <= 1))
    throw new InputError(
      `the name of ${columnList(cells.columns)} says percent, but its values are from 0 to 1, such as ${textOf(share)} (${place(cells, share)})`,
      { hint: "State the scale: --scale 0-1 or --scale 0-100." },
    );
  if (named !== null) {
    checkBounds(cells, named, `the scale in the name of ${columnList(cells.columns)}`);
    return { ...named, words: `${named.min} to ${named.max}, as the name of the column says` };
  }
  checkGroups(cells, groupOf);
  const guess = guessOf(numbers);
  if (guess !== null) return guess;
  const [low, high] = ends(numbers);
  const answer = answerTo(answers, {
    id: "scale",
    text: `${capital(columnList(cells.columns))} has values from ${low?.value} (${low === undefined ? "" : place(cells, low)}) to ${high?.value} (${high === undefined ? "" : place(cells, high)}). What are the lowest and the highest score of the scale (for example 0-10)?`,
    option: "--scale LOWEST-HIGHEST, for example --scale 0-10",
    problem: (text) => problemOf(cells, text),
  });
  throw new InputError(problemOf(cells, answer) ?? `the scale ${JSON.stringify(answer)} was not used`, {
    hint: "Write it as 0-10.",
  });
}

/** Why a text is no scale of the cells; null if it is one. */
function problemOf(cells: ScoreCells, text: string): string | null {
  const scale = statedScale(text);
  if (scale === null) return `${JSON.stringify(text)} is not two numbers, the lower one first, such as 0-10`;
  const outside = cells.numbers.find(({ value }) => value < scale.min || value > scale.max);
  return outside === undefined
    ? null
    : `${place(cells, outside)}: ${textOf(outside)} is not on the scale from ${scale.min} to ${scale.max}`;
}

/** The scale that the values show by themselves, with what it is based on. */
function guessOf(numbers: readonly NumberCell[]): Scale | null {
  const [low, high] = ends(numbers);
  if (low === undefined || high === undefined)
    return { min: 0, max: 1, words: "0 to 1, because there is no score" };
  const [lowest, highest] = [low.value, high.value];
  if (numbers.some(({ form }) => form === "percent") && lowest >= 0 && highest <= 100)
    return { min: 0, max: 100, words: "0 to 100, because scores have percent signs" };
  const areWhole = numbers.every(({ value }) => Number.isInteger(value));
  if (lowest >= 0 && highest <= 1)
    return {
      min: 0,
      max: 1,
      words: numbers.every(({ form }) => form === "word")
        ? "0 or 1, because scores are words for right and wrong"
        : areWhole
          ? "0 or 1, because no other score occurs"
          : `0 to 1, because scores are shares from ${lowest} to ${highest}`,
    };
  const usual = usualScales.find(([min, max]) => lowest === min && highest === max);
  if (usual !== undefined)
    return {
      min: lowest,
      max: highest,
      words: `${lowest} to ${highest}, because the lowest score that occurs is ${lowest} and the highest ${highest}; if the scale is another one: --scale`,
    };
  if (lowest >= 0 && highest > 50 && highest <= 100)
    return {
      min: 0,
      max: 100,
      words: `0 to 100, because scores go from ${lowest} to ${highest}; if the scale is another one: --scale`,
    };
  return null;
}

function ends(numbers: readonly NumberCell[]): [NumberCell | undefined, NumberCell | undefined] {
  let [low, high] = [numbers[0], numbers[0]];
  for (const cell of numbers) {
    if (low !== undefined && cell.value < low.value) low = cell;
    if (high !== undefined && cell.value > high.value) high = cell;
  }
  return [low, high];
}

/** Cells that are written in ways that do not fit together. */
function checkForms(cells: ScoreCells): void {
  const first = (test: (cell: NumberCell) => boolean) => cells.numbers.find(test);
  const pairs = [
    [
      first(({ form }) => form === "fraction"),
      first(({ form, value }) => form !== "fraction" && value !== 0),
    ],
    [
      first(({ form }) => form === "percent"),
      first(({ form, value }) => form === "plain" && value > 0 && value <= 1),
    ],
    [
      first(({ form }) => form === "word"),
      first(({ form, value }) => form !== "word" && value !== 0 && value !== 1),
    ],
  ] as const;
  for (const [one, other] of pairs)
    if (one !== undefined && other !== undefined)
      throw new InputError(
        `scores are written in two ways: ${textOf(one)} (${place(cells, one)}) and ${textOf(other)} (${place(cells, other)})`,
        { hint: "Write them in one way, or leave a column out: --column ignore=COLUMN." },
      );
}

function checkBounds(
  cells: ScoreCells,
  { min, max }: { readonly min: number; readonly max: number },
  whose: string,
): void {
  const outside = cells.numbers.filter(({ value }) => value < min || value > max);
  const [first] = outside;
  if (first === undefined) return;
  const more =
    outside.length > 1
      ? `, and ${outside.length === 2 ? "1 more score is not" : `${outside.length - 1} more scores are not`}`
      : "";
  throw new InputError(
    `${place(cells, first)}: ${textOf(first)} is not on ${whose}, ${min} to ${max}${more}`,
    {
      hint: "State another scale (--scale LOWEST-HIGHEST), or correct the cells; a cell without a score has to be empty.",
    },
  );
}

/** Systems, datasets or columns whose scores cannot be on one scale. */
function checkGroups(cells: ScoreCells, groupOf: (at: number) => string): void {
  const groups = new Map<string, NumberCell[]>();
  for (const cell of cells.numbers) {
    if (cell.form !== "plain") continue;
    const key = `${cell.column.name}\0${groupOf(cell.at)}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [cell]);
    else group.push(cell);
  }
  const ranges = [...groups.values()]
    .filter((group) => group.length >= 2)
    .map((group) => ({ group, low: ends(group)[0] as NumberCell, high: ends(group)[1] as NumberCell }));
  const refuse = (one: NumberCell, other: NumberCell, why: string): never => {
    throw new InputError(
      `scores are not on one scale: ${why}, up to ${one.value} (${place(cells, one)}) and up to ${other.value} (${place(cells, other)})`,
      {
        hint: "Bring them to one scale, leave a column out (--column ignore=COLUMN), or state the scale if it is the same: --scale LOWEST-HIGHEST.",
      },
    );
  };
  const shares = ranges.find(
    ({ group, low, high }) =>
      low.value >= 0 && high.value <= 1 && group.some(({ value }) => !Number.isInteger(value)),
  );
  const marks = ranges.find(
    ({ group, low, high }) => group.length >= 4 && low.value === 0 && high.value === 1,
  );
  const above = [...ranges].sort((a, b) => b.high.value - a.high.value)[0];
  if (above === undefined) return;
  if (shares !== undefined && above.high.value > 1)
    refuse(shares.high, above.high, "some are shares from 0 to 1, others are not");
  if (marks !== undefined && above.high.value > 1 && (above.high.value > 10 || above.low.value >= 1))
    refuse(marks.high, above.high, "some are only 0 and 1, others are not");
  const small = ranges.find(({ group, high }) => group.length >= 3 && high.value > 1 && high.value <= 10);
  if (small !== undefined && above.low.value > 10 && above.high.value > 50)
    refuse(small.high, above.high, "some end where others begin");
}

const place = (cells: ScoreCells, cell: NumberCell): string => cells.placeOf(cell);
const textOf = ({ column, at, value }: NumberCell): string => asText(column.values[at]) ?? String(value);
const capital = (text: string): string => `${text[0]?.toUpperCase()}${text.slice(1)}`;
