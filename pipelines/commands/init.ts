import { relative } from "node:path";
import type { Command } from "commander";
import { InputError } from "../../src/lib/errors.js";
import { shellWord } from "../terminal/command-line.js";
import type { InitResult, Proposal } from "../tools/init/init.js";
import { roleNames } from "../tools/init/role-names.js";
import { statedScale } from "../tools/init/stated-scale.js";

interface InitFlags {
  readonly out?: string;
  readonly id?: string;
  readonly name?: string;
  readonly nameZh?: string;
  readonly pool?: string;
  readonly column: readonly string[];
  readonly systems?: readonly string[];
  readonly system?: string;
  readonly dataset?: string;
  readonly scale?: string;
  readonly firstOption?: string;
  readonly grades?: string;
  readonly repeats?: string;
  readonly yes?: true;
  readonly force?: true;
  readonly json?: true;
}

const roles = Object.keys(roleNames)
  .join(", ")
  .replaceAll(/(.{80,110}), /g, "$1,\n");

export function registerInit(program: Command): void {
  program
    .command("init")
    .summary("look at your data files, and write the mapping that ingest needs")
    .description(
      "Look at your own data files, and write the mapping and the catalogue with which they are ingested.",
    )
    .argument("<path>", "a .csv, .tsv, .jsonl or .json file, also with .gz, or a folder of them")
    .option("--yes", "ask nothing: take what the files tell, and stop where they leave something open")
    .option("--out <dir>", "folder for mapping.yaml and catalogue.yaml (default: the folder of the data)")
    .option("--name <text>", "name of the benchmark")
    .option("--name-zh <text>", "Chinese name of the benchmark, if it has one")
    .option("--id <id>", "short id of the benchmark (default: from its name or the name of the path)")
    .option("--pool <id>", "pool of the questions; different pools are never compared (default: default)")
    .option("--column <role=column>", "what a column is, such as item=qid; may be repeated", collect, [])
    .option("--systems <column...>", "columns that each have the answers or scores of one system")
    .option("--system <name>", "system that gave all answers, if no column or file name says so")
    .option("--dataset <name>", "dataset of all questions, if there is one")
    .option("--scale <lowest-highest>", "scale of scores or grades, such as 0-10")
    .option("--grades <kind>", "what columns of grades are, if no column says so: judge, people or scores")
    .option(
      "--repeats <which>",
      "rows about the same question and system: all are attempts, or the first counts: all or first",
    )
    .option(
      "--first-option <number>",
      "0 or 1: number of the first option, where right answers are positions",
    )
    .option("--force", "replace mapping.yaml and catalogue.yaml if they exist")
    .option("--json", "print the result as JSON")
    .addHelpText(
      "after",
      `
Examples:
  $ medbench init examples/scores.csv --yes --out work        (a sheet with system, item and score)
  $ medbench init examples/own --yes --out work --force       (questions in one file, answers in others)
Without --yes it asks what it cannot tell. Columns with other names: --column item=case_no --column answer=reply

Roles for --column: ${roles}.`,
    )
    .action(async (path: string, flags: InitFlags) => {
      const [{ initBenchmark }, { TerminalQuestions }] = await Promise.all([
        import("../tools/init/init.js"),
        import("../tools/init/terminal-questions.js"),
      ]);
      const isAsking = flags.yes !== true && flags.json !== true;
      if (isAsking && !process.stdin.isTTY)
        throw new InputError("init asks its questions at a terminal, and this is none", {
          hint: "Add --yes to take what the files tell.",
        });
      const person = isAsking ? new TerminalQuestions(describe) : null;
      try {
        const result = await initBenchmark({
          ...flags,
          path,
          stated: statedAnswers(flags),
          ask: person === null ? null : (question) => person.ask(question),
          ...(person === null ? {} : { confirm: (proposal) => person.confirm(proposal) }),
        });
        process.stdout.write(
          flags.json
            ? `${JSON.stringify(result, null, 1)}\n`
            : `${isAsking ? "" : describe(result)}${next(path, result)}`,
        );
      } finally {
        person?.close();
      }
    });
}

function collect(value: string, before: readonly string[]): readonly string[] {
  return [...before, value];
}

function statedAnswers({
  system,
  dataset,
  scale,
  firstOption,
  grades,
  repeats,
}: InitFlags): ReadonlyMap<string, string> {
  const stated: [string, string | undefined][] = [
    ["system", system],
    ["dataset", dataset],
    ["scale", scale],
    ["first option", firstOption],
    ["grades", grades],
    ["repeats", repeats],
  ];
  if (firstOption !== undefined && !["0", "1"].includes(firstOption))
    throw new InputError(`--first-option is ${JSON.stringify(firstOption)}, expected 0 or 1`);
  if (grades !== undefined && !["judge", "people", "scores"].includes(grades))
    throw new InputError(`--grades is ${JSON.stringify(grades)}, expected judge, people or scores`);
  if (repeats !== undefined && !["all", "first"].includes(repeats))
    throw new InputError(`--repeats is ${JSON.stringify(repeats)}, expected all or first`);
  if (scale !== undefined && statedScale(scale) === null)
    throw new InputError(
      `--scale is ${JSON.stringify(scale)}, expected the lowest and the highest score, such as 0-10`,
    );
  return new Map(stated.filter((entry): entry is [string, string] => entry[1] !== undefined));
}

/** What was recognized and what was not. */
function describe({ plan, skipped }: Proposal): string {
  const width = Math.max(...plan.found.map(({ what }) => what.length));
  const files = [...new Set(plan.found.map(({ file }) => file))];
  return [
    ...files.flatMap((file) => [
      `${file}\n`,
      ...plan.found
        .filter((one) => one.file === file)
        .map(({ what, from }) => `  ${what.padEnd(width)}  ${from}\n`),
    ]),
    ...plan.unused.map(
      ({ file, columns }) =>
        `Not used of ${file}: ${columns.slice(0, 12).join(", ")}${columns.length > 12 ? `, and ${columns.length - 12} more` : ""}\n`,
    ),
    skipped.length === 0
      ? ""
      : `Not looked at: ${skipped.slice(0, 6).join(", ")}${skipped.length > 6 ? `, and ${skipped.length - 6} more` : ""}\n`,
    ...plan.datasets.slice(0, 8).map(({ id, scorer, why }) => `Dataset ${id}: scorer ${scorer} (${why})\n`),
    plan.datasets.length > 8 ? `and ${plan.datasets.length - 8} more datasets\n` : "",
    ...plan.notes.map((note) => `note: ${note}\n`),
  ].join("");
}

function next(path: string, { written, mapping, catalogue, plan }: InitResult): string {
  if (!written) return "Nothing was written.\n";
  const [map, cat] = [mapping, catalogue].map((file) => shellWord(relative(process.cwd(), file) || file));
  const canScore = plan.tables.responses !== undefined;
  return `
Wrote ${map} and ${cat}: read them, and change what is not right.
Next:
  npx medbench ingest ${shellWord(path)} --mapping ${map} --catalogue ${cat} --workspace work
${canScore ? "  npx medbench run --workspace work --out work/report\n" : ""}${plan.needsJudge ? "  npx medbench judge --workspace work --help        (a judge has to grade the answers)\n" : ""}`;
}
