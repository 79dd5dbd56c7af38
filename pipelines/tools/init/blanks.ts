import { asText } from "./content.js";
import type { Grades } from "./grades.js";
import { type Answers, answerTo } from "./open-question.js";
import type { Placed } from "./planned.js";
import { scoredCells } from "./responses-table.js";

/** What blank cells and absent rows count as: nothing, or 0. The same in every shape of the files. */
export type BlankRule = "left out" | "wrong";

interface Situation {
  readonly placed: readonly Placed[];
  readonly graded: Grades;
  /** Whether scores or grades that the files give are all that counts, so that a blank is an unknown score, not an answer that was not given. */
  readonly areScores: boolean;
}

/** Decides what blanks count as: asked or stated where there are some, and told. */
export function blankRule(
  { placed, graded, areScores }: Situation,
  answers: Answers,
  notes: string[],
): BlankRule {
  const usual = areScores ? "left-out" : "wrong";
  const { cells, texts, rows, of } = countBlanks(placed, graded, areScores, answers);
  const what = areScores ? "scores" : "answers";
  if (cells + rows === 0) return (answers.get("blanks") ?? usual) === "wrong" ? "wrong" : "left out";
  const found = [
    ...(cells > 0 ? [`${cells} of ${of} ${what} are blank${texts > 0 ? " or no numbers" : ""}`] : []),
    ...(rows > 0
      ? [
          rows === 1
            ? "1 pair of a system and a question has no row"
            : `${rows} pairs of a system and a question have no row`,
        ]
      : []),
  ].join(", and ");
  const rule = answerTo(answers, {
    id: "blanks",
    text: `${found}. Are they left out of the means, or wrong (counted as 0)?`,
    choices: ["left-out", "wrong"],
    usual,
    option: "--blanks left-out or --blanks wrong",
  });
  const isWrong = rule === "wrong";
  notes.push(
    `${found}: ${isWrong ? "counted as wrong (0)" : "left out of the means"}; ${isWrong ? "--blanks left-out leaves them out" : "--blanks wrong counts them as 0"}`,
  );
  return isWrong ? "wrong" : "left out";
}

function countBlanks(placed: readonly Placed[], graded: Grades, areScores: boolean, answers: Answers) {
  const answered = placed.find(({ gives }) => gives.responses);
  const scored = answered === undefined || !areScores ? null : scoredCells(answered, answers);
  if (answered === undefined || scored === null) {
    const given = answered === undefined || areScores ? null : answersOf(answered);
    const cells = given ?? {
      blank: graded.cells.reduce((sum, { nBlank }) => sum + nBlank, 0),
      n: graded.cells.reduce((sum, { n }) => sum + n, 0),
    };
    return {
      cells: cells.blank,
      texts: 0,
      of: cells.n,
      rows: absentRows(answered ?? placed.find(({ gives }) => gives.judgments || gives.ratings)),
    };
  }
  return {
    cells: scored.nBlank + scored.texts.length,
    texts: scored.texts.length,
    of: scored.n,
    rows: absentRows(answered),
  };
}

/** The answers of a sheet, and those that are blank. */
function answersOf({ sheet }: Placed): { blank: number; n: number } {
  const columns =
    sheet.wide?.what === "system"
      ? sheet.wide.entries.flatMap(({ answer }) => answer ?? [])
      : [sheet.recognized.roles.answer].flatMap((column) => column ?? []);
  let [blank, n] = [0, 0];
  for (const { values } of columns)
    for (let at = 0; at < values.length; at += 1) {
      n += 1;
      const value = values[at];
      if (value === undefined || value === null || (asText(value) ?? "x").trim() === "") blank += 1;
    }
  return { blank, n };
}

/** Pairs of a system and a question about which there is no row, though both occur. */
function absentRows(one: Placed | undefined): number {
  if (one === undefined) return 0;
  const { sheet, system, dataset, item } = one;
  if (sheet.wide?.what === "system" || system === null) return 0;
  const systems = new Set<string | null>();
  const items = new Set<string>();
  const pairs = new Set<string>();
  for (const [at, value] of item.values.entries()) {
    const key = `${dataset.values[at]}\0${value}`;
    systems.add(system.values[at] ?? null);
    items.add(key);
    pairs.add(`${system.values[at]}\0${key}`);
  }
  return systems.size * items.size - pairs.size;
}
