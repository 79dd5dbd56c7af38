import { createHash } from "node:crypto";
import { InputError } from "../../../src/lib/errors.js";

/** How many raters a packet is for, or their pseudonyms. */
export type Raters = number | readonly string[];

/** Names become parts of file names, and are separated by blanks in `key.csv`. */
const plainName = /^[\p{L}\p{N}][\p{L}\p{N}._-]{0,39}$/u;

/**
 * Reads `3`, or pseudonyms such as `li,wang`.
 *
 * @throws InputError naming the one that is no pseudonym or occurs twice
 */
export function readRaters(text: string): Raters {
  if (/^[1-9]\d{0,2}$/.test(text.trim())) return Number(text);
  const names = text.split(/[,，、]/).map((name) => name.trim().normalize("NFC"));
  const wrong = names.find((name) => !plainName.test(name) || /^[\d.]+$/.test(name));
  if (wrong !== undefined) {
    throw new InputError(`--raters: found ${JSON.stringify(wrong)}; expected a number or pseudonyms`, {
      hint: "Write a number such as 3, or names of letters, digits, dots, dashes and underscores, separated by commas: --raters dr-a,dr-b",
    });
  }
  const lower = names.map((name) => name.toLowerCase());
  const twice = names.find((_, index) => lower.indexOf(lower[index] as string) < index);
  if (twice !== undefined) {
    throw new InputError(`--raters: ${JSON.stringify(twice)} occurs twice`, {
      hint: "Give every rater another name; upper and lower case do not count.",
    });
  }
  return names;
}

/**
 * The pseudonyms of a packet's raters. Without names of the study they begin with the packet's name and with letters that depend on
 * its draw, because the first rater of one packet need not be the first of another, even of one with the same name.
 *
 * @param draw what the packet is drawn from and how; equal draws are one packet
 */
export function ratersOf(packet: string, raters: Raters, draw: string): readonly string[] {
  if (typeof raters !== "number") return raters;
  const plain = packet
    .normalize("NFKC")
    .replace(/[^\p{L}\p{N}._-]+/gu, "-")
    .replace(/^[^\p{L}\p{N}]+/u, "")
    .slice(0, 20);
  const hash = createHash("sha256")
    .update(JSON.stringify([packet, draw]))
    .digest("hex");
  const prefix = `${plain === "" ? "packet" : plain}-${hash.slice(0, 4)}`;
  return Array.from({ length: raters }, (_, i) => `${prefix}-rater-${String(i + 1).padStart(2, "0")}`);
}
