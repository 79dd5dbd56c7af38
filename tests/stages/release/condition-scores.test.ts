import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { runGate } from "../../../pipelines/stages/gate/gate.js";
import { runRelease } from "../../../pipelines/stages/release/release.js";
import { currentVersion } from "../../../pipelines/warehouse/versioned-folder.js";
import { workspacePaths } from "../../../pipelines/warehouse/workspace.js";
import { smallWorkspace } from "../score/small-benchmark.js";

const ids = (n: number) => Array.from({ length: n }, (_, index) => String(index));
const conditions = ["base", "pressure"];

describe("released scores under conditions", () => {
  it("leave out cells of few groups, also where only the drop is over few, and hide what depends on an unchecked judge", async () => {
    const datasets = {
      /** Asked of all twelve items under the condition. */
      many: { asked: 12, base: 12 },
      /** Asked of three of twelve items. */
      few: { asked: 3, base: 12 },
      /** Asked of twelve items, of which only three have an answer under `base`. */
      unpaired: { asked: 12, base: 3 },
    };
    const { workspace } = await smallWorkspace({
      datasets: {
        ...Object.fromEntries(
          Object.keys(datasets).map((id) => [id, [{ metric: "accuracy", scorer: "label", weight: 1 }]]),
        ),
        judged: [{ metric: "judge", scorer: "judge", weight: 1 }],
      },
      items: [
        ...Object.keys(datasets).flatMap((dataset) => ids(12).map((id) => ({ dataset, id, gold: "yes" }))),
        ...ids(12).map((id) => ({ dataset: "judged", id, gold: "-" })),
      ],
      answers: [
        ...Object.entries(datasets).flatMap(([dataset, { asked, base }]) => [
          // Errors are left out, so that these items have no score under `base`.
          ...ids(12).map((id) => ({
            dataset,
            id,
            ...(Number(id) < base ? { raw: "yes" } : { raw: null, error: "timeout" }),
          })),
          ...ids(asked).map((id) => ({
            dataset,
            id,
            condition: "pressure",
            raw: Number(id) % 2 === 0 ? "yes" : "no",
          })),
        ]),
        ...conditions.flatMap((condition) =>
          ids(12).map((id) => ({ dataset: "judged", id, condition, raw: "an answer" })),
        ),
      ],
      verdicts: ids(12).map((id) => ({ dataset: "judged", id, criterion: "tone", value: 4, highest: 5 })),
    });
    await runGate({ workspace });
    await runRelease({ workspace });
    const version = await currentVersion(workspacePaths(workspace).release);
    const rows: Record<string, unknown>[] = JSON.parse(
      readFileSync(join(version?.folder ?? "", "tables", "condition_scores.json"), "utf8"),
    );
    expect(
      rows.map(({ dataset, publication, estimate, drop }) => [dataset, publication, estimate, drop]),
    ).toEqual([
      ["judged", "withhold", null, null],
      ["many", "no_judge_involved", 0.5, 0.5],
    ]);
  });
});
