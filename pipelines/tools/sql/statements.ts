/** One statement of an SQL text, without the semicolon that ends it. */
export interface Statement {
  readonly text: string;
  /** Line of the whole text in which the statement begins, from 1. */
  readonly line: number;
}

/** What may contain a semicolon that ends no statement: strings, names, dollar quotes and comments; and the semicolon itself. */
const pieces =
  /(?<blank>\s+|--[^\n]*)|(?<block>\/\*)|\$(?<tag>(?:[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)?)\$[\s\S]*?\$\k<tag>\$|\b[eE]'(?:[^'\\]|\\[\s\S]|'')*'|'(?:[^']|'')*'|"(?:[^"]|"")*"|[A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*|(?<end>;)|[\s\S]/g;

/** Splits an SQL text into its statements, as the engine's own parser does. */
export function splitStatements(text: string): Statement[] {
  const statements: Statement[] = [];
  const pattern = new RegExp(pieces);
  let begin: number | null = null;
  let end = 0;
  const finish = () => {
    if (begin !== null) {
      const line = text.slice(0, begin).split("\n").length;
      statements.push({ text: text.slice(begin, end), line });
    }
    begin = null;
  };
  for (let found = pattern.exec(text); found !== null; found = pattern.exec(text)) {
    const { blank, block, end: semicolon } = found.groups as Record<string, string | undefined>;
    if (semicolon !== undefined) finish();
    else if (block !== undefined) pattern.lastIndex = afterComment(text, pattern.lastIndex);
    else if (blank === undefined) {
      begin ??= found.index;
      end = pattern.lastIndex;
    }
  }
  finish();
  return statements;
}

/** Where a block comment ends that began before `start`; comments may contain comments. */
function afterComment(text: string, start: number): number {
  let depth = 1;
  let at = start;
  while (depth > 0) {
    const [open, close] = [text.indexOf("/*", at), text.indexOf("*/", at)];
    if (close === -1) return text.length;
    const isOpen = open !== -1 && open < close;
    depth += isOpen ? 1 : -1;
    at = (isOpen ? open : close) + 2;
  }
  return at;
}

/** The first word of a statement in capitals: its kind. */
export function kindOf(statement: string): string {
  return /^[\s(]*([A-Za-z]+)/.exec(statement)?.[1]?.toUpperCase() ?? "";
}
