/** A fenced block of a Markdown page that a test runs or checks. */
export interface Block {
  /** Page and line of the fence, as `docs/ingest.md:12`. */
  readonly at: string;
  /** First word of the fence: sh, sql, ts, yaml ... Empty if there is none. */
  readonly language: string;
  readonly code: string;
  /** The reason in `<!-- not run: ... -->` before the block. */
  readonly notRun?: string;
  /** The file that the reader saves the block in: `<!-- save as mapping.yaml -->`. */
  readonly saveAs?: string;
  /** The code that the block ends with: `<!-- exit code 2 -->`. Default 0. */
  readonly exitCode: number;
  /** The text block directly below, which shows what the block prints. A line `...` stands for any lines. */
  readonly output?: string;
  /** Where the output starts in the text of the page. */
  readonly outputAt?: number;
}

interface Fence {
  readonly start: number;
  readonly end: number;
  readonly line: number;
  readonly language: string;
  readonly code: string;
  readonly codeAt: number;
}

const fencePattern = /^( *)```([a-z]*)[^\n]*\n(.*?)^\1``` *$/gms;
const notePattern = /<!-- (not run|save as|exit code):? (.+?) -->/g;

/** The fenced blocks of a page, in order, with the notes in comments before them. Code hosts and the site do not show comments. */
export function blocksOf(page: string, text: string): Block[] {
  const fences = [...text.matchAll(fencePattern)].map((match): Fence => {
    const [whole, indent = "", language = "", code = ""] = match;
    const start = match.index;
    return {
      start,
      end: start + whole.length,
      codeAt: start + whole.indexOf("\n") + 1,
      line: text.slice(0, start).split("\n").length,
      language,
      code: code.replaceAll(new RegExp(`^${indent}`, "gm"), ""),
    };
  });
  return fences.flatMap((fence, index): Block[] => {
    const previous = fences[index - 1];
    if (previous !== undefined && isOutputOf(previous, fence, text)) return [];
    const next = fences[index + 1];
    const notes = notesBefore(text.slice(previous?.end ?? 0, fence.start));
    return [
      {
        at: `${page}:${fence.line}`,
        language: fence.language,
        code: fence.code,
        exitCode: Number(notes.get("exit code") ?? 0),
        ...(notes.has("not run") ? { notRun: notes.get("not run")! } : {}),
        ...(notes.has("save as") ? { saveAs: notes.get("save as")! } : {}),
        ...(next !== undefined && isOutputOf(fence, next, text)
          ? { output: next.code, outputAt: next.codeAt }
          : {}),
      },
    ];
  });
}

/** A text block after a block of commands, with only blank space between, shows its output. */
function isOutputOf(code: Fence, shown: Fence, text: string): boolean {
  return (
    shown.language === "text" &&
    ["sh", "sql", "ts"].includes(code.language) &&
    text.slice(code.end, shown.start).trim() === ""
  );
}

/** The notes in the comments that end the text before a fence. */
function notesBefore(text: string): ReadonlyMap<string, string> {
  const [comments = ""] = /(?:\s*<!--(?:(?!-->).)*-->)*\s*$/s.exec(text) ?? [];
  return new Map(
    [...comments.matchAll(notePattern)].map(([, name = "", value = ""]) => [name, value] as const),
  );
}
