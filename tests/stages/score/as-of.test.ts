import { describe, expect, it } from "vitest";
import { runAggregate } from "../../../pipelines/stages/aggregate/aggregate.js";
import { runScore } from "../../../pipelines/stages/score/score.js";
import { smallWorkspace } from "./small-benchmark.js";

const version = (from: string | null, until: string | null, scorer: string | null) => ({
  ...{ from, until, labels: [], basis: "published" },
  components:
    scorer === null
      ? null
      : [{ metric: scorer, scorer, weight: 1, ...(scorer === "set" ? { options: { kind: "names" } } : {}) }],
});

describe("scoring with the metric of a month", () => {
  it("uses the version in force in the first and last month of each period, and says where a metric is not computed", async () => {
    const { workspace, select } = await smallWorkspace({
      datasets: {
        d: {
          scoring: [
            version("2025-11", null, "set"),
            version("2025-03", "2025-10", null),
            version("2024-06", "2025-02", "label_set"),
          ],
        },
      },
      items: [
        { dataset: "d", id: "1", gold: ["x", "y"] },
        { dataset: "d", id: "2", gold: ["z"] },
      ],
      answers: [
        { dataset: "d", id: "1", raw: "x" },
        { dataset: "d", id: "2", raw: "z" },
      ],
    });
    const asOf = async (month: string) => {
      await runScore({ workspace, asOf: month });
      await runAggregate({ workspace });
      const [task] = await select<Record<string, unknown>>(
        "SELECT estimate, status, metric_version FROM task_scores WHERE metric = 'task'",
      );
      return [task?.["estimate"], task?.["status"], String(task?.["metric_version"]).split(":")[0]];
    };
    // Sets: one of two is complete. Labels: TP 2, FN 1 -> 4 / 5.
    expect(await asOf("2025-11")).toEqual([1 / 2, "complete", "2025-11"]);
    expect(await asOf("2025-10")).toEqual([null, "not_computed", "2025-03"]);
    expect(await asOf("2025-03")).toEqual([null, "not_computed", "2025-03"]);
    expect(await asOf("2025-02")).toEqual([4 / 5, "complete", "2024-06"]);
    expect(await asOf("2024-06")).toEqual([4 / 5, "complete", "2024-06"]);
    expect(await asOf("2024-05")).toEqual([null, "not_computed", "first"]);
  });

  it.each(["2025", "2025-13", "2025-1", "October 2025", ""])("refuses the month %j", async (month) => {
    await expect(runScore({ workspace: "nowhere", asOf: month })).rejects.toThrow(
      `score: --as-of is ${JSON.stringify(month)}, expected a month such as 2025-03`,
    );
  });
});
