import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import type { Command } from "commander";
import { z } from "zod";
import { InputError } from "../../src/lib/errors.js";
import { LANGUAGES, type Language, readChoice } from "../../src/lib/metrics/choice-reader.js";

const lineSchema = z.object({
  id: z.union([z.string(), z.number()]),
  text: z.string(),
  options: z.record(z.string().regex(/^[A-Z]$/u, "option letters are A to Z"), z.string()).nullish(),
});

const LINE_HINT =
  'Each line is {"id": "1", "text": "The answer is B.", "options": {"A": "...", "B": "..."}}.';

interface ReadOptions {
  readonly languages?: string;
  readonly multiple?: boolean;
}

export function registerRead(program: Command): void {
  program
    .command("read")
    .description(
      "Extract the chosen option letter from each response. Prints the letter and the rule that found it.",
    )
    .argument("<file>", 'JSON Lines {"id","text","options"}; options may be absent; "-" reads standard input')
    .option(
      "--languages <list>",
      `languages of the verdict phrases, of ${LANGUAGES.join(",")} (default: all)`,
    )
    .option("--multiple", "allow several letters, as in ACE")
    .option("--json", "print JSON Lines (always on: this option changes nothing)")
    .addHelpText("after", "\nExample:\n  $ medbench read responses.jsonl --languages zh,en > letters.jsonl\n")
    .action(async (file: string, { languages, multiple = false }: ReadOptions) => {
      const settings = { languages: parseLanguages(languages), multiple };
      const counts = new Map<string, number>();
      let line = 0;
      let answered = 0;
      for await (const record of linesOf(file)) {
        line += 1;
        if (record.trim() === "") continue;
        const { id, text, options } = parseLine(record, `${file}:${line}`);
        const { answer, readBy, status } = readChoice(text, options ?? null, settings);
        const read_by = answer === null ? status : readBy;
        counts.set(read_by, (counts.get(read_by) ?? 0) + 1);
        if (answer !== null) answered += 1;
        process.stdout.write(`${JSON.stringify({ id, answer, read_by })}\n`);
      }
      process.stderr.write(`${summary(counts, answered)}\n`);
    });
}

function summary(counts: ReadonlyMap<string, number>, answered: number): string {
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
  const byRule = [...counts].sort(([, a], [, b]) => b - a).map(([rule, count]) => `${rule} ${count}`);
  return `read ${answered} of ${total} responses${byRule.length === 0 ? "" : `: ${byRule.join(", ")}`}`;
}

function parseLanguages(list: string | undefined): readonly Language[] {
  if (list === undefined) return LANGUAGES;
  return list.split(",").map((name) => {
    const language = LANGUAGES.find((known) => known === name.trim());
    if (language !== undefined) return language;
    throw new InputError(`--languages: "${name.trim()}" is not known`, {
      hint: `Choose from ${LANGUAGES.join(", ")}, separated by commas.`,
    });
  });
}

async function* linesOf(file: string): AsyncGenerator<string> {
  const input = file === "-" ? process.stdin : createReadStream(file);
  try {
    for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) yield line;
  } catch (cause) {
    throw new InputError(`${file}: cannot be read`, {
      hint: "Give the path of a JSON Lines file, or - for standard input.",
      cause,
    });
  }
}

function parseLine(line: string, where: string): z.infer<typeof lineSchema> {
  let value: unknown;
  try {
    value = JSON.parse(line.replace(/^\ufeff/u, ""));
  } catch (cause) {
    throw new InputError(`${where}: is not JSON; found ${JSON.stringify(line.slice(0, 60))}`, {
      hint: LINE_HINT,
      cause,
    });
  }
  const parsed = lineSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new InputError(`${where}: ${issue?.path.join(".") || "the line"}: ${issue?.message}`, {
    hint: LINE_HINT,
    cause: parsed.error,
  });
}
