import { relative, resolve } from "node:path";
import type { Command } from "commander";
import { InputError } from "../../src/lib/errors.js";
import { commandLine } from "../terminal/command-line.js";
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
  readonly blanks?: string;
  readonly decimal?: string;
  readonly workspace?: string;
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
    .option("--blanks <rule>", "what blank scores or answers count as: left-out (of the means) or wrong (0)")
    .option("--decimal <sign>", "decimal sign of scores, where numbers leave it open: comma or point")
    .option("--grades <kind>", "what columns of grades are, if no column says so: judge, people or scores")
    .option(
      "--repeats <which>",
      "rows about the same question and system: all are attempts, or the first counts: all or first",
    )
    .option(
      "--first-option <number>",
      "0 or 1: number of the first option, where right answers are positions",
    )
    .option(
      "--workspace <dir>",
      "workspace for the next steps that it prints (default: named after the data)",
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
      const [{ initBenchmark }, { nextWorkspace }, { TerminalQuestions }] = await Promise.all([
        import("../tools/init/init.js"),
        import("../tools/init/next-workspace.js"),
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
        const workspace = await nextWorkspace({
          ...flags,
          stated: flags.workspace,
          id: result.name.id,
          path,
        });
        process.stdout.write(
          flags.json
            ? `${JSON.stringify(result, null, 1)}\n`
            : `${isAsking ? "" : describe(result)}${next(path, result, workspace)}`,
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
  blanks,
  decimal,
}: InitFlags): ReadonlyMap<string, string> {
  const stated: [string, string | undefined][] = [
    ["system", system],
    ["dataset", dataset],
    ["scale", scale],
    ["first option", firstOption],
    ["grades", grades],
    ["repeats", repeats],
    ["blanks", blanks],
    ["decimal", decimal],
  ];
  for (const [option, value, choices] of [
    ["--first-option", firstOption, ["0", "1"]],
    ["--grades", grades, ["judge", "people", "scores"]],
    ["--repeats", repeats, ["all", "first"]],
    ["--blanks", blanks, ["left-out", "wrong"]],
    ["--decimal", decimal, ["comma", "point"]],
  ] as const)
    if (value !== undefined && !(choices as readonly string[]).includes(value))
      throw new InputError(`${option} is ${JSON.stringify(value)}, expected ${choices.join(" or ")}`);
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

function next(path: string, { written, mapping, catalogue, plan }: InitResult, workspace: string): string {
  if (!written) return "Nothing was written.\n";
  const [map, cat] = [mapping, catalogue].map((file) => relative(process.cwd(), file) || file) as [
    string,
    string,
  ];
  const ingest = ["ingest", path, "--mapping", map, "--catalogue", cat];
  const out = relative(process.cwd(), resolve(workspace, "report")) || "report";
  return [
    `\nWrote ${map} and ${cat}: read them, and change what is not right.\nNext:\n`,
    `  ${commandLine(ingest, { workspace })}\n`,
    plan.tables.responses === undefined ? "" : `  ${commandLine(["run"], { workspace, out })}\n`,
    plan.needsJudge
      ? `  ${commandLine(["judge", "--help"], { workspace })}        (a judge has to grade the answers)\n`
      : "",
  ].join("");
}
