import { type Command, Option } from "commander";
import { InputError } from "../../src/lib/errors.js";
import { boardNames, sourceRoles } from "../../src/lib/records/cycle-words.js";
import type { SourceRequest } from "../stages/ingest/source.js";
import type { StageOutcome } from "../stages/stage.js";
import { nextLines, nextOf } from "./next.js";

interface IngestCommandOptions extends Omit<SourceRequest, "path"> {
  readonly workspace: string;
  readonly replace?: true;
  readonly force?: true;
  readonly json?: true;
}

export function registerIngest(program: Command): void {
  program
    .command("ingest")
    .summary("read your questions, answers, gold answers and ratings")
    .description(
      "Read questions, answers, gold answers, ratings and verdicts of judges into the tables of a workspace. What was read before stays. Every line that cannot be used is listed with its reason.",
    )
    .argument(
      "[path...]",
      "files or folders: a cycle folder, MedBench .jsonl or .zip; other data files need --mapping",
    )
    .addOption(
      new Option(
        "--role <role>",
        "what the files contain, if they do not say so themselves; gold: right answers, crosswalk: specialties of items",
      ).choices(sourceRoles),
    )
    .option(
      "--mapping <file>",
      "file that says which column is what (`medbench init` writes one; docs/mapping.md)",
    )
    .option("--system <id>", "system that gave the answers (default: the name of the folder or file)")
    .addOption(
      new Option(
        "--board <board>",
        "how the answers were obtained: files that were handed in, or calls of an API",
      ).choices(boardNames),
    )
    .option(
      "--pool <id>",
      "name of this set of questions, such as a month; sets of different names are never mixed",
    )
    .option("--catalogue <file>", "your benchmark's datasets, metrics and weights (default: MedBench v4)")
    .option("--replace", "replace what was ingested before (default: add to it)")
    .option("--force", "run even if nothing has changed")
    .option("--workspace <dir>", "folder of the tables and results", "data")
    .option("--json", "print the result as JSON")
    .addHelpText(
      "after",
      `
Examples:
  $ medbench ingest data/sample
  $ medbench ingest questions/ --role questions --pool upload-2026-03
  $ medbench ingest uploads/system-a.zip --pool upload-2026-03
  $ medbench ingest examples/mapping --mapping examples/mapping/mapping.yaml --catalogue examples/mapping/catalogue.yaml
  $ medbench ingest packet          (what physicians returned of a rating packet)
Without a path, everything that was ingested before is read again.`,
    )
    .action(async (paths: readonly string[], options: IngestCommandOptions) => {
      const { runIngest } = await import("../stages/ingest/ingest.js");
      const { workspace, replace, force, json, ...request } = options;
      requireMeaningful(paths, options);
      const outcome = await runIngest({
        workspace,
        sources: paths.map((path) => ({ ...request, path })),
        replace: replace ?? false,
        force: force ?? false,
      });
      process.stdout.write(
        json
          ? `${JSON.stringify({ ...outcome, next: await nextOf(options, "ingest") })}\n`
          : `${await describeIngest(outcome)}${await nextLines(options, "ingest")}`,
      );
    });
}

/** Options about a source mean nothing without one, and neither do two that say how to read it. */
function requireMeaningful(paths: readonly string[], options: IngestCommandOptions): void {
  const given = (["role", "mapping", "system", "board", "pool", "catalogue", "replace"] as const).filter(
    (name) => options[name] !== undefined,
  );
  if (paths.length === 0 && given.length > 0)
    throw new InputError(
      `ingest: ${given.map((name) => `--${name}`).join(", ")} without a path: there is no source that it is about`,
      { hint: "Name the source again: `medbench ingest PATH` with its options replaces what they were." },
    );
  if (options.role !== undefined && options.mapping !== undefined)
    throw new InputError("ingest: --role and --mapping do not go together", {
      hint: "A mapping says itself which tables it fills: leave --role out.",
    });
}

/** Rows per table, what was refused and why, and where to look next. */
async function describeIngest(outcome: StageOutcome): Promise<string> {
  const [{ summarizeIngest }, { formatTable }] = await Promise.all([
    import("../stages/ingest/summary.js"),
    import("../terminal/table.js"),
  ]);
  const { tables, refused, files, notes } = summarizeIngest(outcome);
  const isClean = refused.length === 0;
  return [
    outcome.skipped ? "Nothing has changed since the last ingest; the warehouse is as it was.\n" : "",
    `${formatTable(tables)}\n`,
    isClean
      ? `Every line of ${files} file(s) was read; none was quarantined.\n`
      : `Not taken, of ${files} file(s):\n${formatTable(refused.map(({ table, reason, lines }) => ({ table, reason, lines })))}\n`,
    ...refused.map(({ reason, lines, first }) => `${reason}${lines === 1 ? "" : " (first)"}: ${first}\n`),
    ...notes.slice(0, 10).map((note) => `note: ${note}\n`),
    notes.length > 10 ? `note: and ${notes.length - 10} more, see --json\n` : "",
  ].join("");
}
