import type { Found } from "./found.js";
import type { Scene } from "./scene.js";

/** Nothing but lines "A. …", "C) …" where several options may be right: a line for every option chooses none. */
export function letteredLines(scene: Scene): Found | null {
  const { text, multiple, allowed } = scene;
  if (!multiple || text.length > LONGEST_LINES) return null;
  const letters: string[] = [];
  for (const line of text.split("\n")) {
    const letter = LETTERED.exec(line)?.[1];
    if (letter === undefined || !allowed.includes(letter)) return null;
    letters.push(letter);
  }
  const distinct = [...new Set(letters)];
  if (distinct.length < 2 || distinct.length === allowed.length) return null;
  return { letters: distinct, start: 0, end: text.length, readBy: "lettered-lines" };
}

const LETTERED = /^[\s>#(-]{0,6}(?:\p{L}{2,12}[ :]?)?([A-Z])["')\]]{0,2} ?[.:)、]/u;
const LONGEST_LINES = 4000;

/** A response that ends in lines of one letter each, without saying which: "Possible answers:\nA\nB\nC". */
export function letterColumn({ text, multiple, allowed }: Scene): Found | null {
  if (multiple || !text.includes("\n")) return null;
  const letters = new Set<string>();
  for (let end = text.length; end > 0; ) {
    const start = text.lastIndexOf("\n", end - 1) + 1;
    const letter = end - start > LONGEST_LONE ? undefined : LONE.exec(text.slice(start, end))?.[1];
    if (letter === undefined || !allowed.includes(letter)) break;
    letters.add(letter);
    end = start - 1;
  }
  return letters.size < 2
    ? null
    : { letters: [...letters].sort(), start: text.length, end: text.length, readBy: "letter-column" };
}

const LONE = /^[\s>#•("'[-]{0,4}([A-Z])[)"'\].。:、]{0,2} ?$/u;
const LONGEST_LONE = 8;
