import type { Argument, Command, Option } from "commander";
import { gatePolicies } from "../../../src/lib/publication/gate.js";
import { fieldsThatMayDiffer } from "../compare/sides.js";
import { type NameKind, workspaceNames } from "./workspace-names.js";

/** Options whose values are known, but also have other forms, so that they are no choices of the command line. */
const knownValues: Readonly<Record<string, readonly string[]>> = {
  except: fieldsThatMayDiffer,
  gatePolicy: Object.keys(gatePolicies),
};

export interface Candidate {
  readonly value: string;
  readonly description?: string;
}

export interface Completion {
  readonly candidates: readonly Candidate[];
  /** What the shell adds of its own. */
  readonly paths: "none" | "files" | "folders";
}

const nothing: Completion = { candidates: [], paths: "none" };

/** What options and arguments name in a workspace, by the name of the option or argument. */
const namedThings: Readonly<Record<string, NameKind>> = {
  first: "run",
  second: "run",
  system: "run",
  run: "run",
  runs: "run",
  dataset: "dataset",
  datasets: "dataset",
  judge: "judge",
  baseline: "judge",
  pool: "pool",
  condition: "condition",
  // An argument of one command.
  "judges name": "judge",
};

/**
 * What can come at the end of a command line: commands, options, choices, names of the workspace, files or folders.
 *
 * @param words after the program's name, as they were typed; the last one is being completed and may be empty
 */
export async function completionsOf(program: Command, words: readonly string[]): Promise<Completion> {
  const typed = words.at(-1) ?? "";
  const before = words.slice(0, -1);
  const command = program.commands.find((one) => one.name() === before[0]);
  if (before.length === 0)
    return startingWith(typed, {
      ...nothing,
      candidates: typed.startsWith("-") ? optionsOf(program) : commandsOf(program),
    });
  if (command === undefined) return nothing;
  if (command.name() === "help") return startingWith(typed, { ...nothing, candidates: commandsOf(program) });
  const workspace = workspaceOf(before);
  // Bash splits at the sign, other shells do not.
  const [, inline, part = ""] = /^(--[a-z-]+)=(.*)$/s.exec(typed) ?? [];
  const split = typed === "=" || before.at(-1) === "=";
  const flag = inline ?? (split ? before.at(typed === "=" ? -1 : -2) : openOption(command, before));
  const option = command.options.find(
    ({ long, short }) => flag !== undefined && (long === flag || short === flag),
  );
  if (option !== undefined && takesValue(option)) {
    const start = inline === undefined ? (typed === "=" ? "" : typed) : part;
    const found = startingWith(start, await valuesOf(command, option.attributeName(), option, workspace));
    if (inline === undefined) return found;
    return {
      ...found,
      candidates: found.candidates.map(({ value, ...rest }) => ({ ...rest, value: `${inline}=${value}` })),
    };
  }
  if (typed.startsWith("-"))
    return startingWith(typed, { ...nothing, candidates: optionsOf(command, before) });
  if (command.name() === "sql") return tablesInQuery(typed, workspace);
  const argument = argumentAt(command, before);
  if (argument === undefined)
    return startingWith(typed, { ...nothing, candidates: optionsOf(command, before) });
  return startingWith(typed, await valuesOf(command, argument.name(), argument, workspace));
}

function startingWith(start: string, { candidates, paths }: Completion): Completion {
  return { candidates: candidates.filter(({ value }) => value.startsWith(start)), paths };
}

function commandsOf(program: Command): Candidate[] {
  return program
    .createHelp()
    .visibleCommands(program)
    .map((command) => ({
      value: command.name(),
      description: command.summary() || command.description(),
    }));
}

/** The options that were not given yet, or can be given again. */
function optionsOf(command: Command, before: readonly string[] = []): Candidate[] {
  return command
    .createHelp()
    .visibleOptions(command)
    .filter(({ long, variadic }) => long !== undefined && (variadic || !before.includes(long)))
    .map(({ long, description }) => ({ value: long ?? "", description }));
}

const takesValue = ({ required, optional }: Option) => required || optional;

/** The option whose value comes next: the last word, or the last option if it takes several values. */
function openOption(command: Command, before: readonly string[]): string | undefined {
  const last = before.findLastIndex((word) => word.startsWith("-"));
  const flag = before[last];
  if (flag === undefined || flag.includes("=")) return undefined;
  const option = command.options.find(({ long, short }) => long === flag || short === flag);
  if (option === undefined || !takesValue(option)) return undefined;
  return option.variadic || last === before.length - 1 ? flag : undefined;
}

/** The argument of the command that comes next, without the words that belong to options. */
function argumentAt(command: Command, before: readonly string[]): Argument | undefined {
  let position = 0;
  for (let at = 1; at < before.length; at++) {
    const word = before[at] ?? "";
    if (!word.startsWith("-")) {
      position++;
      continue;
    }
    const option = command.options.find(({ long, short }) => long === word || short === word);
    if (option === undefined || !takesValue(option)) continue;
    if (option.variadic) return undefined;
    at++;
  }
  const { registeredArguments } = command;
  return registeredArguments[position] ?? registeredArguments.find(({ variadic }) => variadic);
}

async function valuesOf(
  command: Command,
  name: string,
  about: Option | Argument,
  workspace: string,
): Promise<Completion> {
  const { argChoices } = about;
  if (argChoices !== undefined) return { ...nothing, candidates: argChoices.map((value) => ({ value })) };
  const known = knownValues[name];
  if (known !== undefined)
    return { candidates: known.map((value) => ({ value })), paths: name === "gatePolicy" ? "files" : "none" };
  const kind = namedThings[name] ?? namedThings[`${command.name()} ${name}`];
  if (kind !== undefined)
    return { ...nothing, candidates: (await workspaceNames(workspace, kind)).map((value) => ({ value })) };
  const placeholder = "flags" in about ? about.flags : name;
  if (/\b(dir|folder)\b|workspace/.test(placeholder)) return { candidates: [], paths: "folders" };
  if (/\b(file|path|script|edits|catalogue|mapping|study|anchor|judges|rubric|policy)\b/.test(placeholder))
    return { candidates: [], paths: "files" };
  return nothing;
}

/** The tables whose names start with the last word of a query that is being typed. */
async function tablesInQuery(typed: string, workspace: string): Promise<Completion> {
  const [start = ""] = /\w*$/.exec(typed) ?? [];
  if (start === "" && typed !== "") return nothing;
  const names = await workspaceNames(workspace, "table");
  const before = typed.slice(0, typed.length - start.length).replace(/^["']/, "");
  return {
    ...nothing,
    candidates: names.filter((name) => name.startsWith(start)).map((name) => ({ value: `${before}${name}` })),
  };
}

function workspaceOf(words: readonly string[]): string {
  const at = words.indexOf("--workspace");
  const inline = words.find((word) => word.startsWith("--workspace="))?.slice("--workspace=".length);
  const next = words[at + 1] === "=" ? words[at + 2] : words[at + 1];
  return inline ?? (at >= 0 ? next : undefined) ?? "data";
}
