/**
 * True if a page shows what a command printed: line by line, apart from blanks at the ends of lines. A line `...` on the page
 * stands for any number of lines.
 */
export function isShown(shown: string, printed: string): boolean {
  const pattern = linesOf(shown)
    .map((line) => (line.trim() === "..." ? "(?:.*\n)*?" : `${escaped(line)}\n`))
    .join("");
  return new RegExp(`^${pattern}$`).test(`${linesOf(printed).join("\n")}\n`);
}

function linesOf(text: string): string[] {
  return text
    .replaceAll(/[ \t\r]+$/gm, "")
    .replaceAll(/^\n+|\n+$/g, "")
    .split("\n");
}

const escaped = (text: string) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
