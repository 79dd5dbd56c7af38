import type { Command } from "commander";
import { InputError } from "../../src/lib/errors.js";
import type { FurtherLanguage, Language, ReadChoiceOptions } from "../../src/lib/metrics/choice-reader.js";
import { unknownName } from "../../src/lib/util/known-names.js";
import type { formatTable } from "../terminal/table.js";
import type { ReadAnswer } from "../tools/read-answers/read-answers.js";
import type { ReadingReport } from "../tools/read-answers/reading-report.js";

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
      "Extract the chosen option letter from each response, and show which rule found it and where.",
    )
    .argument(
      "<file>",
      'JSON Lines {"id","text","options","expected"}: options is an object {"A": "text", "B": "text"}; options and expected may be absent; "-" reads standard input',
    )
    .option(
      "--languages <list>",
      `languages of the verdict phrases, of ${EVERY_LANGUAGE.join(",")} (default: all)`,
    )
    .option("--multiple", "allow several letters, as in ACE")
    .option(
      "--expected <file>",
      'letters that people read, as JSON Lines {"id","expected"}; null or "none" where there is none',
    )
    .option("--report", "print how many responses each rule read right and wrong, instead of the responses")
    .option("--table", "print a table instead of JSON Lines")
    .option("--json", "print JSON: JSON Lines of the responses (the default), or the report as one object")
    .addHelpText(
      "after",
      `
Input, one response per line:
  {"id": "1", "text": "The answer is B.", "options": {"A": "rest", "B": "surgery"}, "expected": "B"}

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
        else process.stdout.write(`${JSON.stringify(row)}\n`);
      };
      const [{ readAnswers }, { formatTable }] = await Promise.all([
        import("../tools/read-answers/read-answers.js"),
        import("../terminal/table.js"),
      ]);
      const settings = { languages: parseLanguages(flags.languages), multiple: flags.multiple ?? false };
      const report = await readAnswers(file, { ...settings, expected: flags.expected }, print);
      if (flags.report) process.stdout.write(`${described(report, file, flags.json ? null : formatTable)}\n`);
      else if (flags.table) process.stdout.write(`${formatTable(rows)}\n`);
      process.stderr.write(`${report.summary}\n`);
    });
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
