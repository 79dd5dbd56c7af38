import { Argument, type Command, Option } from "commander";
import { InputError } from "../../src/lib/errors.js";
import { sourceRoles } from "../../src/lib/records/cycle-words.js";
import { commandLine } from "../terminal/command-line.js";
import type { SourceRow } from "../tools/sources/list.js";
import type { RemovedSources } from "../tools/sources/remove.js";
import { workspacePaths } from "../warehouse/workspace.js";
import { nextLines } from "./next.js";

interface SourcesFlags {
  readonly workspace: string;
  readonly role?: string;
  readonly yes?: true;
  readonly json?: true;
}

export function registerSources(program: Command): void {
  program
    .command("sources")
    .summary("list what was ingested, remove a source")
    .description("List the files and folders that were ingested, with their rows; or remove some of them.")
    .addArgument(new Argument("[action]", "what to do").choices(["list", "remove"]).default("list"))
    .argument("[path...]", "sources to remove: paths as for ingest, or as in the list")
    .addOption(new Option("--role <role>", "which of the sources with this path").choices(sourceRoles))
    .option("--workspace <dir>", "workspace", "data")
    .option("--yes", "remove without asking")
    .option("--json", "print the result as JSON")
    .addHelpText(
      "after",
      `
Removing a source takes its rows out of every table of the ingest; the file itself stays, and can be ingested again. The other sources
are read again as they are now. Scores follow with the next medbench run.

Examples:
  $ medbench sources
  $ medbench sources remove uploads/system-a.zip --yes
  $ medbench sources remove gold/ --role gold --yes`,
    )
    .action(async (action: "list" | "remove", paths: readonly string[], flags: SourcesFlags) => {
      if (action === "list") await list(paths, flags);
      else await remove(paths, flags);
    });
}

async function list(paths: readonly string[], { workspace, json }: SourcesFlags): Promise<void> {
  if (paths.length > 0)
    throw new InputError(`sources list takes no path; got ${JSON.stringify(paths[0])}`, {
      hint: "medbench sources lists all of them.",
    });
  const [{ listSources }, { formatTable }] = await Promise.all([
    import("../tools/sources/list.js"),
    import("../terminal/table.js"),
  ]);
  const rows = await listSources(workspace);
  if (json) process.stdout.write(`${JSON.stringify(rows)}\n`);
  else
    process.stdout.write(
      rows.length === 0
        ? "Nothing was ingested yet: medbench ingest PATH\n"
        : `${formatTable(rows.map(readable))}\n${explained(rows)}${await nextLines({ workspace }, "sources")}`,
    );
}

function readable(row: SourceRow) {
  return {
    path: row.path,
    role: row.role,
    system: row.system ?? "–",
    pool: row.pool ?? "–",
    files: row.files,
    rows: row.rows,
    quarantined: row.quarantined,
    modified: row.modified?.slice(0, 16).replace("T", " ") ?? "missing",
    sha256: row.sha256.slice(0, 12),
  };
}

function explained(rows: readonly SourceRow[]): string {
  const cycles = [...new Set(rows.filter((row) => row.is_part_of_cycle).map(({ given }) => given))];
  const parts = cycles.map(
    (given) => `${given} is a cycle, which can be removed as a whole; its cycle.yaml names the parts.\n`,
  );
  return `${parts.join("")}To remove one: medbench sources remove PATH\n`;
}

async function remove(paths: readonly string[], flags: SourcesFlags): Promise<void> {
  const { workspace, role, yes = false, json } = flags;
  if (paths.length === 0)
    throw new InputError("sources remove: no source is named", {
      hint: "For example: medbench sources remove PATH; medbench sources lists the paths.",
    });
  const [{ removeSources, sourcesNamed }, { fromHere }, { confirm }, { formatTable }] = await Promise.all([
    import("../tools/sources/remove.js"),
    import("../tools/sources/list.js"),
    import("../terminal/confirm.js"),
    import("../terminal/table.js"),
  ]);
  const requests = await sourcesNamed(workspace, paths, role);
  const shown = requests.map(({ path }) => fromHere(workspacePaths(workspace).root, path));
  await confirm(`Remove ${shown.join(", ")}, with all rows that came from there?`, {
    command: "sources remove",
    isAgreed: yes,
  });
  const result = await removeSources(workspace, requests);
  process.stdout.write(json ? `${JSON.stringify(result)}\n` : describe(result, workspace, formatTable));
}

function describe(
  { removed, left, changes, notes }: RemovedSources,
  workspace: string,
  formatTable: (rows: readonly Readonly<Record<string, unknown>>[]) => string,
): string {
  const command = (...words: readonly string[]) => commandLine(words, { workspace }, "medbench");
  const what = removed.join(", ");
  const next =
    left === 0
      ? `The workspace is empty now: ${command("ingest", "PATH")}`
      : `Scores, calibration and release are still those with the source. They follow with: ${command("run")}`;
  return [
    `Removed ${what}. ${left} ${left === 1 ? "source is" : "sources are"} left.\n`,
    changes.length === 0
      ? "No table changed: other sources bring the same rows.\n"
      : `${formatTable(changes.map((row) => ({ ...row })))}\n`,
    ...notes.map((note) => `note: ${note}\n`),
    `${next}\n`,
  ].join("");
}
