// cspell:ignore complet generat messag respon
import { InputError } from "../../../src/lib/errors.js";
import type { Column } from "./column.js";
import { areScores, asText, present } from "./content.js";
import { placeAmong } from "./file-sample.js";
import { filesOf } from "./planned.js";
import type { Role } from "./role-names.js";
import type { Sheet } from "./sheets.js";

const howToName =
  "Say what columns are: --column item=COLUMN --column answer=COLUMN --column gold=COLUMN --column score=COLUMN --column system=COLUMN; and --systems COLUMN COLUMN ... if systems have a column each. A place inside a record is a path such as choices[1].message.content: positions count from 1, and -1 is the last.";

/** No column of any file is known. */
export function nothingKnown(sheets: readonly Sheet[]): InputError {
  const shown = sheets
    .slice(0, 3)
    .map((sheet) => `${filesOf(sheet)} has ${leavesOf(sheet).slice(0, 14).join(", ")}`)
    .join("; ");
  const isTransposed = sheets.some(
    ({ recognized: { roles, others } }) => roles.system !== undefined && others.filter(areScores).length >= 2,
  );
  return new InputError(`no column is known as an answer, a right answer, a score or a grade: ${shown}`, {
    hint: isTransposed
      ? "Each row seems to be a system, and each column a question: turn the sheet (a row for each question, a column for each system, named with --systems), or write a row for each score: system,item,score. Means of whole datasets are not enough: intervals need the scores of the questions."
      : howToName,
  });
}

const likeAnswers =
  /respon|output|complet|answer|assistant|generat|predict|repl(?:y|ies)|messag|conversation|turns|dialog|chat|choices|回答|回复|输出|对话/i;

/**
 * Refuses files of questions with further texts that may be answers: nothing would be scored, and nobody would be told why.
 *
 * @throws InputError with the paths that were seen, and how to name the one that has the answers
 */
export function refuseHiddenAnswers(sheets: readonly Sheet[]): void {
  for (const sheet of sheets) {
    const paths = leavesOf(sheet, likeAnswers);
    if (paths.length === 0) continue;
    throw new InputError(
      `${filesOf(sheet)}: no answer of a system was recognized. Texts that may be answers: ${paths.slice(0, 8).join(", ")}`,
      {
        hint: `Name the one with the answers: --column answer=PATH. Positions in lists count from 1, and -1 is the last, as in messages[-1].content. If there are only questions, leave it out: --column ignore=${firstKey(paths[0])}.`,
      },
    );
  }
}

const firstKey = (path = ""): string => path.split(/[.[ ]/)[0] ?? "";

/** Paths that have no role and hold texts, with the beginning of one. */
function leavesOf({ columns, recognized: { others } }: Sheet, like = /./): string[] {
  const free = new Set<Column>(others);
  return columns.flatMap((column) => {
    const value = present([...column.values])[0];
    const text = asText(value);
    const isList = Array.isArray(value) && value.length > 0;
    if (
      !free.has(column) ||
      column.speaker !== undefined ||
      !like.test(column.name) ||
      (text === null && !isList)
    )
      return [];
    if (like.source !== "." && text !== null && (typeof value !== "string" || /^-?[\d.,]*$/.test(text)))
      return [];
    const start = text ?? JSON.stringify(value);
    return [`${column.name} (${JSON.stringify(start.length > 40 ? `${start.slice(0, 40)}…` : start)})`];
  });
}

/**
 * Refuses answers and scores in the first entry of a list that has more: the others would be lost.
 *
 * @throws InputError with the place of a list and how to name the entry
 */
export function refuseFurtherEntries(
  { harness, files, recognized: { roles }, columns }: Sheet,
  stated: ReadonlyMap<string, Role>,
): void {
  if (harness !== null) return;
  for (const role of ["answer", "score", "judge_score", "rating", "system"] as const) {
    const column = roles[role];
    if (column === undefined || column.speaker !== undefined || stated.has(column.name)) continue;
    const ends = [...column.name.matchAll(/\[1\]/g)].map(({ index }) => column.name.slice(0, index));
    for (const name of ends) {
      const list = columns.find((one) => one.name === name);
      const at = list?.values.findIndex((value) => Array.isArray(value) && value.length > 1) ?? -1;
      if (list === undefined || at < 0) continue;
      throw new InputError(
        `${placeAmong(files, at)}: ${name} has ${(list.values[at] as unknown[]).length} entries, and only one can be the ${role === "answer" ? "answer" : role.replaceAll("_", " ")} of a record`,
        {
          hint: `Name the one that counts, for example --column ${role}=${column.name}, or write a record for each entry.`,
        },
      );
    }
  }
}
