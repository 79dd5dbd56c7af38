/**
 * What a terminal obeys or hides instead of showing: controls, also those above 0x7f, separators of lines, and the marks that
 * turn the direction of text. Half of a surrogate pair is not text.
 */
const controls =
  /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufff9-\ufffb\ufeff]|\p{Surrogate}/gu;

const names: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/** Text of others on one line, with everything visible that a terminal would obey: `\x1b[31m` instead of red text. */
export function printable(text: string): string {
  return text.replace(controls, escaped);
}

/** Like `printable`, for text of several lines: line ends and tabs stay. */
export function printableLines(text: string): string {
  return text
    .replace(/\r\n/g, "\n")
    .replace(controls, (character: string) => (/[\n\t]/.test(character) ? character : escaped(character)));
}

/** JSON on one line. It allows control characters above 0x7e in strings, but a terminal obeys them. */
export function printableJson(value: unknown): string {
  return JSON.stringify(value).replace(
    /[\u007f-\u009f]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

function escaped(character: string): string {
  const code = character.charCodeAt(0);
  return (
    names[character] ??
    (code < 0x100 ? `\\x${code.toString(16).padStart(2, "0")}` : `\\u${code.toString(16).padStart(4, "0")}`)
  );
}
