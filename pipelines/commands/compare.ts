import type { Command } from "commander";
import { identityFields } from "../../src/lib/publication/identity.js";
import { formatRounded } from "../../src/lib/util/rounding.js";
import { commandLine } from "../terminal/command-line.js";
import type { Comparison } from "../tools/compare/compare.js";
import { literal } from "../warehouse/sql.js";
import { nextLines, ownNext } from "./next.js";

interface CompareFlags {
  readonly workspace: string;
  readonly condition?: string;
  readonly except?: readonly string[];
  readonly json?: true;
}

export function registerCompare(program: Command): void {
  program
    .command("compare")
    .summary("compare two systems on the questions they share")
    .description(
      "Compare two systems on the items they share, dataset by dataset, or one system under two conditions. Refuses scores that are not comparable.",
    )
    .argument("<first>", 'a system with one run, or a run id (`medbench sql "from runs"` lists them)')
    .argument(
      "[second]",
      "run id, or the id of a system with one run; without it, --condition compares the first with itself",
    )
    .option("--workspace <dir>", "folder of the tables and results", "data")
    .option(
      "--condition <name>",
      "compare answers under this condition; with one system, its base condition minus this one",
    )
    .option(
      "--except <fields...>",
      `identity fields that may differ: ${identityFields.filter((field) => field !== "dataset").join(", ")}`,
    )
    .option("--json", "print JSON")
    .addHelpText(
      "after",
      `
Example:
  $ medbench compare luming-max qingtan-72b.llm.upload.upload-2026-03

Runs of two pools are compared, with --except pool goldVersion, on the items that both pools contain
with the same question, options and reference answer. The fields of --except can also be written as
in the tables (gold_version).`,
    )
    .action(async (first: string, second: string | undefined, flags: CompareFlags) => {
      const { workspace, condition, except = [], json } = flags;
      const [{ compareRuns }, { describeShared }, { formatTable }] = await Promise.all([
        import("../tools/compare/compare.js"),
        import("../tools/compare/shared-items.js"),
        import("../terminal/table.js"),
      ]);
      const comparison = await compareRuns({ workspace, first, second, condition, except });
      if (json) {
        process.stdout.write(`${JSON.stringify(comparison, null, 1)}\n`);
        return;
      }
      const rows = comparison.datasets.map((row) => ({
        dataset: row.dataset,
        first: points(row.first_score),
        second: points(row.second_score),
        difference: points(row.difference),
        "95 % interval": interval(row),
        groups: row.n_groups,
        "only first right": row.only_first,
        "only second right": row.only_second,
        "p (Holm)": row.p_holm,
      }));
      const { overall, items } = comparison;
      const summary =
        overall === null
          ? "Overall: not given, because not every dataset could be compared.\n"
          : overall.lower === null
            ? `Overall: ${points(overall.difference)} points; no interval, because the difference is the same in every group.\n`
            : `Overall: ${points(overall.difference)} points, 95 % interval ${interval(overall)}.\n`;
      const shared = items === null ? "" : `Compared: ${describeShared(items)}.\n`;
      process.stdout.write(
        `${sideOf(comparison, 0)} minus ${sideOf(comparison, 1)}, points\n${formatTable(rows)}\n${shared}${summary}${await next(comparison, workspace)}`,
      );
    });
}

/** Where the two differ, if they answered the same items under the same condition; otherwise what is next in the workspace. */
async function next({ first, second, conditions, items }: Comparison, workspace: string): Promise<string> {
  if (items !== null || conditions[0] !== conditions[1]) return nextLines({ workspace }, "compare");
  const [a, b] = [first, second].map((run) => `max(value) filter (run_id = ${literal(run)})`);
  const query = `select dataset, item_id, variant, ${a} as first, ${b} as second from scores where condition = ${literal(conditions[0])} group by all having first <> second order by all limit 20`;
  return ownNext({
    why: "This lists items whose answers the two did not get equally right.",
    command: commandLine(["sql", query], { workspace }),
  });
}

const points = (value: number | null) => formatRounded(value === null ? null : value * 100);

/** Without an interval if the difference is the same in every group. */
const interval = ({ lower, upper }: { readonly lower: number | null; readonly upper: number | null }) =>
  lower === null ? "–" : `${points(lower)} to ${points(upper)}`;

/** The run, and its condition unless that is `base` on both sides. */
function sideOf({ first, second, conditions }: Comparison, side: 0 | 1): string {
  const run = side === 0 ? first : second;
  return conditions[1] === "base" ? run : `${run} under ${conditions[side]}`;
}
