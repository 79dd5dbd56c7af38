import type { Command } from "commander";
import type { Identity } from "../../src/lib/publication/identity.js";
import { formatRounded } from "../../src/lib/util/rounding.js";

interface CompareFlags {
  readonly workspace: string;
  readonly except: readonly (keyof Identity)[];
  readonly json?: true;
}

export function registerCompare(program: Command): void {
  program
    .command("compare")
    .description(
      "Compare two systems on the items they share, dataset by dataset. Refuses scores that are not comparable.",
    )
    .argument("<first>", "run id, or the id of a system with one run")
    .argument("<second>", "run id, or the id of a system with one run")
    .option("--workspace <dir>", "workspace", "data")
    .option("--except <fields...>", "identity fields that may differ (for example settings)", [])
    .option("--json", "print JSON")
    .addHelpText(
      "after",
      "\nExample:\n  $ medbench compare luming-max qingtan-72b.llm.upload.upload-2026-03\n",
    )
    .action(async (first: string, second: string, { workspace, except, json }: CompareFlags) => {
      const [{ compareRuns }, { formatTable }] = await Promise.all([
        import("../tools/compare.js"),
        import("../terminal/table.js"),
      ]);
      const comparison = await compareRuns({ workspace, first, second, except });
      if (json) {
        process.stdout.write(`${JSON.stringify(comparison, null, 1)}\n`);
        return;
      }
      const points = (value: number | null) => formatRounded(value === null ? null : value * 100);
      const rows = comparison.datasets.map((row) => ({
        dataset: row.dataset,
        difference: points(row.difference),
        "95 % interval": row.lower === null ? "–" : `${points(row.lower)} to ${points(row.upper)}`,
        groups: row.n_groups,
        "only first right": row.only_first,
        "only second right": row.only_second,
        "p (Holm)": row.p_holm,
      }));
      const { overall } = comparison;
      const summary =
        overall === null
          ? "Overall: not given, because not every dataset could be compared.\n"
          : `Overall: ${points(overall.difference)} points, 95 % interval ${points(overall.lower)} to ${points(overall.upper)}.\n`;
      process.stdout.write(
        `${comparison.first} minus ${comparison.second}, points\n${formatTable(rows)}\n${summary}`,
      );
    });
}
