import type { Command, Option } from "commander";
import { InputError } from "../../src/lib/errors.js";
import { commandLine } from "../terminal/command-line.js";
import {
  requireFile,
  requireFileOrInput,
  requireNoFile,
  requirePath,
  requireWritable,
} from "../warehouse/given-path.js";

/** Options that name what a command writes, by their attribute names; every other `<file>` is read. */
const written = new Set(["batchOut", "edits", "parquet"]);

/** Commands that make a workspace; every other needs one that exists. */
// init only prints the workspace that ingest makes.
const makers = new Set(["ingest", "init", "run"]);

/**
 * Checks what the user gave before a command runs, by the placeholders that its help shows: nothing is empty, `<file>` and
 * `<path>` exist, `<dir>` is no file, `<url>` is an address, and the workspace exists. A command checks the names in it.
 *
 * @throws InputError naming the option or argument
 */
export function checkArguments(command: Command): void {
  // What somebody has typed so far may be empty or a part of a name.
  if (command.name() === "complete") return;
  for (const [index, argument] of command.registeredArguments.entries()) {
    const given = argument.variadic ? command.args.slice(index) : command.args.slice(index, index + 1);
    for (const value of given) checkArgument(command.name(), argument.name(), value);
  }
  for (const option of command.options) {
    const where = `${command.name()} ${option.long ?? option.flags}`;
    const source = command.getOptionValueSource(option.attributeName());
    if (source !== "cli" && option.long !== "--workspace") continue;
    for (const value of [command.getOptionValue(option.attributeName())].flat())
      if (typeof value === "string") checkOption(command.name(), where, option, value);
  }
}

function checkArgument(command: string, name: string, value: string): void {
  requireText(value, `${command}: the argument ${name}`);
  if (name === "file") requireFileOrInput(value, command);
  // What was ingested can be removed after its file is gone.
  if (name === "path" && command !== "sources") requirePath(value, command);
}

function checkOption(command: string, where: string, option: Option, value: string): void {
  requireText(value, where);
  const placeholder = /[<[]([\w-]+)/.exec(option.flags)?.[1];
  if (option.long === "--workspace") requireWorkspace(command, value, where);
  else if (placeholder === "dir") requireNoFile(value, where);
  else if (placeholder === "path") requirePath(value, where);
  else if (placeholder === "url") requireUrl(value, where);
  else if (placeholder === "file" && written.has(option.attributeName())) requireWritable(value, where);
  else if (placeholder === "file") requireFile(value, where);
}

/** An empty path would be the current folder, and an empty name every or no one. */
function requireText(value: string, where: string): void {
  if (value.trim() !== "") return;
  throw new InputError(`${where} is empty`, {
    hint: "A variable of the shell may not be set: check what the command line contains.",
  });
}

function requireWorkspace(command: string, path: string, where: string): void {
  requireNoFile(path, where);
  if (makers.has(command)) return;
  try {
    requirePath(path, where, "folder");
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    const ingest = commandLine(["ingest", "PATH"], { workspace: path }, "medbench");
    throw new InputError(error.message, { hint: `${error.hint} \`${ingest}\` makes a workspace.` });
  }
}

function requireUrl(value: string, where: string): void {
  const address = URL.canParse(value) ? new URL(value) : null;
  if (address !== null && /^https?:$/.test(address.protocol)) return;
  throw new InputError(`${where}: ${JSON.stringify(value)} is no address of a server`, {
    hint: "Expected an address such as http://127.0.0.1:8000/v1.",
  });
}
