import { InputError } from "../../../src/lib/errors.js";
import type { Column } from "./column.js";
import { asText, present } from "./content.js";
import { filesOf } from "./planned.js";
import type { Sheet } from "./sheets.js";

const howToName =
  "Say what columns are: --column item=COLUMN --column answer=COLUMN --column gold=COLUMN --column score=COLUMN --column system=COLUMN; and --systems COLUMN COLUMN ... if systems have a column each. A place inside a record is a path such as choices[1].message.content: positions count from 1, and -1 is the last.";

/** No column of any file is known. */
export function nothingKnown(sheets: readonly Sheet[]): InputError {
  const shown = sheets
    .slice(0, 3)
    .map((sheet) => `${filesOf(sheet)} has ${leavesOf(sheet).slice(0, 14).join(", ")}`)
    .join("; ");
  return new InputError(`no column is known as an answer, a right answer, a score or a grade: ${shown}`, {
    hint: howToName,
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
