import type { Command, Option } from "commander";
import { createProgram } from "../../pipelines/commands/program.js";
import { table } from "./markdown.js";

/** Examples that tests do not run, and why. */
const notRun: readonly (readonly [RegExp, string])[] = [
  [/judge-server|--serve/, "a server, which runs until it is stopped"],
  [/\b[A-Z]{3,}\b/, "words in capitals stand for names of the reader's own"],
];
const reasonOf = (line: string) => notRun.find(([pattern]) => pattern.test(line))?.[1];

/** The reference of all commands, from their definitions. */
export function commandsPage(): string {
  const program = createProgram();
  const commands = program.commands.filter((command) => !isHidden(command));
  return `${[
    "# Commands",
    "<!-- written by `npx vitest run tests/docs/generator --update` from the commands themselves -->",
    program.description(),
    "Every command has `--help`. Paths are relative to the current folder; a workspace is a folder, `data` unless `--workspace` names another.",
    table(
      ["exit code", "meaning"],
      [
        ["0", "done"],
        ["1", "the work failed: a check, a stage, or a server that does not answer"],
        ["2", "wrong usage or invalid input; nothing was changed"],
      ],
    ),
    'With `--json`, an error is one line of JSON, the last on standard error: `{"error": {"kind", "message", "hint", "cause", "exitCode"}}`. `kind` is `input` (wrong usage or input), `check` (a check did not pass), `failed` (the work could not be done) or `unexpected` (a mistake of medbench).',
    ...groupsOf(commands).map(([group, members]) =>
      [
        ...(group === "" ? [] : [`**${group.replace(/:$/, "")}**`]),
        table(
          ["command", "what it does"],
          members.map((command) => [
            `[\`medbench ${command.name()}\`](#medbench-${command.name()})`,
            firstSentence(command.description()),
          ]),
        ),
      ].join("\n\n"),
    ),
    ...commands.map(commandSection),
  ].join("\n\n")}\n`;
}

function groupsOf(commands: readonly Command[]): [string, Command[]][] {
  const groups = new Map<string, Command[]>();
  for (const command of commands) {
    const group = command.helpGroup() ?? "";
    groups.set(group, [...(groups.get(group) ?? []), command]);
  }
  return [...groups];
}

function commandSection(command: Command): string {
  const { registeredArguments, options } = command;
  const shown = options.filter((option) => !option.hidden);
  return [
    `## medbench ${command.name()}`,
    command.description(),
    `\`\`\`text\nmedbench ${command.name()} ${command.usage()}\n\`\`\``,
    ...(registeredArguments.length === 0
      ? []
      : [
          table(
            ["argument", "meaning"],
            registeredArguments.map((argument) => [
              `\`${argument.name()}\`${argument.variadic ? ", one or more" : ""}${argument.required ? "" : " (optional)"}`,
              argument.description,
            ]),
          ),
        ]),
    ...(shown.length === 0
      ? []
      : [
          table(
            ["option", "meaning", "default"],
            shown.map((option) => [`\`${option.flags}\``, meaningOf(option), defaultOf(option)]),
          ),
        ]),
    ...moreOf(command),
  ].join("\n\n");
}

const meaningOf = ({ description, argChoices, mandatory }: Option) =>
  `${plain(description)}${argChoices === undefined ? "" : `: ${argChoices.map((choice) => `\`${choice}\``).join(", ")}`}${mandatory ? " (required)" : ""}`;

function defaultOf({ defaultValue, defaultValueDescription }: Option): string {
  if (defaultValueDescription !== undefined) return plain(defaultValueDescription);
  if (defaultValue === undefined || (Array.isArray(defaultValue) && defaultValue.length === 0)) return "";
  return `\`${typeof defaultValue === "string" ? defaultValue : JSON.stringify(defaultValue)}\``;
}

/** What follows the options in the help of a command: examples as blocks that can be run, and remarks. */
function moreOf(command: Command): string[] {
  const blocks: string[] = [];
  let lines: string[] = [];
  let kind: "example" | "remark" = "remark";
  const end = () => {
    if (lines.length > 0) blocks.push(kind === "example" ? exampleBlock(lines) : plain(lines.join(" ")));
    lines = [];
  };
  for (const line of helpAfter(command).split("\n")) {
    const [, example] = /^\s+(?:\$ )?(medbench .+|npx medbench .+)$/.exec(line) ?? [];
    const next = example === undefined ? "remark" : "example";
    const isLeftOut = reasonOf(example ?? "") !== reasonOf(kind === "example" ? (lines[0] ?? "") : "");
    if (next !== kind || line.trim() === "" || isLeftOut) end();
    kind = next;
    const text = example ?? line.trim();
    // The exit codes are at the top of the page.
    if (text !== "" && !/^Examples?:$|^Exit codes:|^With --json, an error/.test(text)) lines.push(text);
  }
  end();
  return blocks;
}

function exampleBlock(lines: readonly string[]): string {
  const reason = reasonOf(lines[0] ?? "");
  const note = reason === undefined ? "" : `<!-- not run: ${reason} -->\n\n`;
  const code = lines.map((line) => line.replace(/\s{2,}\((.*)\)$/, "  # $1"));
  return `${note}\`\`\`sh\n${code.join("\n")}\n\`\`\``;
}

function helpAfter(command: Command): string {
  let help = "";
  command.configureOutput({ writeOut: (text) => (help += text), getOutHelpWidth: () => 1000 });
  command.outputHelp();
  return help.slice(help.indexOf(command.helpInformation()) + command.helpInformation().length);
}

const firstSentence = (text: string) => plain(/^.*?[.?](?= |$)/s.exec(text)?.[0] ?? text);

/** Angle brackets would be markup. */
const plain = (text: string) => text.replaceAll(/(?<!`)<([a-z][\w ./-]*)>/gi, (whole) => `\`${whole}\``);

const isHidden = (command: Command) =>
  !command
    .createHelp()
    .visibleCommands(command.parent ?? command)
    .includes(command);
