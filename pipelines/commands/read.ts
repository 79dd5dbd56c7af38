import type { Command } from "commander";
import { InputError } from "../../src/lib/errors.js";
import type { FurtherLanguage, Language, ReadChoiceOptions } from "../../src/lib/metrics/choice-reader.js";
import { unknownName } from "../../src/lib/util/known-names.js";
import { commandLine } from "../terminal/command-line.js";
import { printableJson } from "../terminal/printable.js";
import { isQuiet } from "../terminal/quiet.js";
import type { formatTable } from "../terminal/table.js";
import type { ReadAnswer } from "../tools/read-answers/read-answers.js";
import type { ReadingReport } from "../tools/read-answers/reading-report.js";
import { ownNext } from "./next.js";

interface ReadOptions {
  readonly languages?: string;
  readonly multiple?: boolean;
  readonly expected?: string;
  readonly table?: boolean;
  readonly report?: boolean;
  readonly json?: boolean;
}

export function registerRead(program: Command): void {
  program
    .command("read")
    .summary("see how option letters are read from free-text answers")
    .description(
      "Read answers of your own as the score stage does: print the option letter of each, the rule that found it, and the place in the text. Answers that people have read show how often the rules are right.",
    )
    .argument("<file>", 'JSON Lines, one response per line (see below); "-" reads standard input')
    .option(
      "--languages <list>",
      `languages of phrases such as "the answer is", separated by commas (default: all: ${EVERY_LANGUAGE.join(",")})`,
    )
    .option("--multiple", "allow several letters, for questions with several right answers")
    .option(
      "--expected <file>",
      'letters that people have read, as JSON Lines {"id", "expected"}; null or "none" where an answer has no letter',
    )
    .option("--report", "print how many responses each rule read right and wrong, instead of each response")
    .option("--table", "print a table instead of JSON Lines")
    .option("--json", "print JSON Lines (the default), or with --report one JSON object")
    .addHelpText(
      "after",
      `
A line of input, and what is printed for it:
  {"id": "1", "text": "The answer is B.", "options": {"A": "rest", "B": "surgery"}, "expected": "B"}
  {"id":"1","answer":"B","read_by":"closing-verdict","status":"ok","evidence":{...},"expected":"B","result":"right"}
"options" (texts are also recognized without their letters), "question" (tells whether the wrong option
is asked for: "Which is NOT ...") and "expected" may be left out.

Examples:
  $ medbench read responses.jsonl --languages zh,en > letters.jsonl
  $ medbench read labeled.jsonl --report`,
    )
    .action(async (file: string, flags: ReadOptions) => {
      if (flags.table && flags.json) throw new InputError("read: choose one of --table and --json");
      const rows: Record<string, unknown>[] = [];
      const print = (row: ReadAnswer) => {
        if (flags.report) return;
        if (flags.table) rows.push({ ...row, evidence: row.evidence?.text ?? null });
        else process.stdout.write(`${printableJson(row)}\n`);
      };
      const [{ readAnswers }, { formatTable }] = await Promise.all([
        import("../tools/read-answers/read-answers.js"),
        import("../terminal/table.js"),
      ]);
      const settings = { languages: parseLanguages(flags.languages), multiple: flags.multiple ?? false };
      const report = await readAnswers(file, { ...settings, expected: flags.expected }, print);
      if (flags.report) process.stdout.write(`${described(report, file, flags.json ? null : formatTable)}\n`);
      else if (flags.table) process.stdout.write(`${formatTable(rows)}\n`);
      if (isQuiet()) return;
      process.stderr.write(`${report.summary}\n`);
      if (!flags.json) process.stderr.write(next(file, flags, report.total.labeled > 0));
    });
}

function next(
  file: string,
  { report, languages, multiple, expected }: ReadOptions,
  isLabeled: boolean,
): string {
  const same = [
    ...["read", file],
    ...(languages === undefined ? [] : ["--languages", languages]),
    ...(multiple ? ["--multiple"] : []),
    ...(expected === undefined ? [] : ["--expected", expected]),
  ];
  if (report)
    return ownNext({
      why: "This shows each response with what was read and what was expected.",
      command: commandLine([...same, "--table"]),
    });
  return ownNext(
    isLabeled
      ? { why: "This counts how often each rule was right.", command: commandLine([...same, "--report"]) }
      : {
          why: 'Letters that people have read show how often the rules are right: write them into a file, one line {"id", "expected"} each.',
          command: commandLine([...same, "--expected", "LETTERS.jsonl", "--report"]),
        },
  );
}

function described({ rules, total }: ReadingReport, file: string, format: typeof formatTable | null): string {
  if (total.labeled === 0) {
    throw new InputError(`${file}: no response has an expected letter to compare with`, {
      hint: 'Add "expected" to its lines, or give a file of letters with --expected.',
    });
  }
  return format === null
    ? JSON.stringify({ rules, total })
    : format([...rules, total].map((row) => ({ ...row })));
}

/** Named here, because the help text must not load the reader; the compiler knows if one is missing. */
const languages: Readonly<Record<Language | FurtherLanguage, true>> = {
  ...{ zh: true, en: true, pt: true, de: true, es: true },
  ...{ ja: true, ko: true, ar: true, vi: true, th: true, id: true, ru: true, fr: true, it: true, hi: true },
};
const EVERY_LANGUAGE = Object.keys(languages) as (Language | FurtherLanguage)[];

function parseLanguages(list: string | undefined): NonNullable<ReadChoiceOptions["languages"]> {
  if (list === undefined) return EVERY_LANGUAGE;
  return list.split(",").map((name) => {
    const language = EVERY_LANGUAGE.find((known) => known === name.trim());
    if (language !== undefined) return language;
    throw unknownName(name.trim(), EVERY_LANGUAGE, {
      ...{ where: "read --languages", what: "language" },
      remedy: "Separate several by commas.",
    });
  });
}
