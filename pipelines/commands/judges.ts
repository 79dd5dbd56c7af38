import { Argument, type Command } from "commander";
import { InputError } from "../../src/lib/errors.js";
import { commandLine } from "../terminal/command-line.js";
import type { RemovedJudge } from "../tools/judges/change.js";
import type { JudgeVersionRow } from "../tools/judges/list.js";
import { nextLines } from "./next.js";

interface JudgesFlags {
  readonly workspace: string;
  readonly yes?: true;
  readonly evenIfPinned?: true;
  readonly json?: true;
}

const actions = ["list", "pin", "unpin", "remove"] as const;

export function registerJudges(program: Command): void {
  program
    .command("judges")
    .summary("list the judges, choose whose verdicts count, remove one")
    .description(
      "List the judges of a workspace with their verdicts; pin the judge of record, whose verdicts the scores use; or remove a judge.",
    )
    .addArgument(new Argument("[action]", "what to do").choices(actions).default("list"))
    .argument("[name]", "judge, for pin and remove")
    .option("--workspace <dir>", "workspace", "data")
    .option("--yes", "remove without asking")
    .option("--even-if-pinned", "remove the pinned judge too, and take the pin back")
    .option("--json", "print the result as JSON")
    .addHelpText(
      "after",
      `
Without a pin, the scores use the judge that cycle.yaml names (judge: NAME), otherwise the first that is neither a stub nor a
replay (docs/judge.md). Removing a judge keeps its journal in judge/removed of the workspace. Verdicts that came in with a source go with
that source: medbench sources.

Examples:
  $ medbench judges
  $ medbench judges pin Qwen2.5-72B-Instruct
  $ medbench judges unpin
  $ medbench judges remove stub --yes`,
    )
    .action(async (action: (typeof actions)[number], name: string | undefined, flags: JudgesFlags) => {
      if (action === "list" || action === "unpin") {
        if (name !== undefined)
          throw new InputError(`judges ${action} takes no name; got ${JSON.stringify(name)}`, {
            hint: `Use medbench judges ${action}, or medbench judges pin ${name}.`,
          });
      } else if (name === undefined || name === "") {
        throw new InputError(`judges ${action}: no judge is named`, {
          hint: `For example: medbench judges ${action} NAME; medbench judges lists the names.`,
        });
      }
      const print = (result: object, text: string) => {
        process.stdout.write(flags.json ? `${JSON.stringify(result)}\n` : text);
      };
      await run[action](name ?? "", flags, print);
    });
}

type Print = (result: object, text: string) => void;

const run: Readonly<
  Record<(typeof actions)[number], (name: string, flags: JudgesFlags, print: Print) => Promise<void>>
> = {
  list: async (_name, { workspace }, print) => {
    const [{ listJudges }, { formatTable }] = await Promise.all([
      import("../tools/judges/list.js"),
      import("../terminal/table.js"),
    ]);
    const rows = await listJudges(workspace);
    const table = rows.length === 0 ? noJudges : `${formatTable(rows.map(readable))}\n${explained(rows)}`;
    print(rows, `${table}${await nextLines({ workspace }, "judges")}`);
  },
  pin: async (name, { workspace }, print) => {
    const { pin } = await import("../tools/judges/change.js");
    await pin(workspace, name);
    print({ pinned: name }, `${name} is pinned as the judge of record. ${scoresFollow(workspace)}\n`);
  },
  unpin: async (_name, { workspace }, print) => {
    const { unpin } = await import("../tools/judges/change.js");
    const judge = await unpin(workspace);
    print(
      { unpinned: judge },
      judge === null
        ? "No judge was pinned.\n"
        : `${judge} is no longer pinned. The judge of record is chosen again: the one that cycle.yaml names, or the last one if it is no stub. ${scoresFollow(workspace)}\n`,
    );
  },
  remove: async (name, { workspace, yes = false, evenIfPinned = false }, print) => {
    const [{ removeJudge, requireRemovable }, { confirm }] = await Promise.all([
      import("../tools/judges/change.js"),
      import("../terminal/confirm.js"),
    ]);
    const what = countsOf(await requireRemovable(workspace, name, { evenIfPinned }));
    await confirm(`Remove judge ${name} with ${what}?`, {
      command: "judges remove",
      isAgreed: yes,
    });
    const removed = await removeJudge(workspace, name, { evenIfPinned });
    const journal =
      removed.journal === null
        ? ""
        : `Its journal is in ${removed.journal}: to take the judge back, move it to the folder above and run the same \`medbench judge\` again; it asks only what the journal lacks.\n`;
    const rest =
      removed.sources.length === 0
        ? ""
        : `Verdicts that came in with ${removed.sources.join(", ")} stay: see medbench sources.\n`;
    print(
      removed,
      `Removed judge ${name} with ${countsOf(removed)}. ${scoresFollow(workspace)}\n${journal}${rest}`,
    );
  },
};

/** A run that was stopped leaves answers in the journal that are not in the table yet. */
function countsOf({ verdicts, replies }: Pick<RemovedJudge, "verdicts" | "replies">): string {
  const inTable = `${plural(verdicts, "verdict")} in the table`;
  return replies === 0 ? inTable : `${inTable} and ${plural(replies, "answer")} in its journal`;
}

const plural = (n: number, what: string) => `${n} ${what}${n === 1 ? "" : "s"}`;

const scoresFollow = (workspace: string) =>
  `Scores follow with: ${commandLine(["run"], { workspace }, "medbench")}`;

const noJudges =
  "There are no judges. Ask one with medbench judge, or ingest verdicts with a mapping file (docs/mapping.md).\n";

function readable(row: JudgeVersionRow) {
  const time = (text: string | null) => text?.slice(0, 16).replace("T", " ") ?? "–";
  return {
    judge: row.judge,
    kind: row.kind,
    model: row.model ?? "–",
    rubric: row.rubric_version ?? "–",
    prompt: row.prompt_hash || "–",
    verdicts: row.verdicts,
    failed: row.failed,
    "cannot rate": row.cannot_rate,
    answers: row.answers,
    "first asked": time(row.first_asked),
    "last asked": time(row.last_asked),
    "of record": `${row.of_record.length > 0 ? "yes" : "no"}${row.is_pinned ? ", pinned" : ""}`,
    calibrated: row.is_calibrated ? "yes" : "no",
  };
}

function explained(rows: readonly JudgeVersionRow[]): string {
  const notes = [
    rows.every(({ of_record }) => of_record.length === 0) &&
      "No judge is of record yet: medbench score decides it.",
    ...[...new Map(rows.map((row) => [row.judge, row])).values()].map(
      ({ judge, sources }) => sources.length > 0 && `${judge}: verdicts came in with ${sources.join(", ")}.`,
    ),
    rows.some(({ kind, of_record }) => kind === "stub" && of_record.length > 0) &&
      "The judge of record is a stub, whose grades mean nothing.",
  ];
  return notes
    .filter(Boolean)
    .map((note) => `${note}\n`)
    .join("");
}
