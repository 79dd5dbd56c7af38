import type { ReleasedRow } from "../../../src/lib/records/released-tables.js";
import { clamp } from "../../../src/lib/util/clamp.js";
import { mean } from "../../../src/lib/util/sum.js";
import { releasedRow } from "../released-row.js";

/** An estimate with an interval of that half-width inside 0 and 1. */
export function around(estimate: number | null, half: number) {
  return {
    estimate,
    lower: estimate === null ? null : clamp(estimate - half),
    upper: estimate === null ? null : clamp(estimate + half),
    interval_method: estimate === null ? null : ("wilson-groups" as const),
    worst: estimate === null ? null : clamp(estimate - 0.03),
    best: estimate === null ? null : clamp(estimate + 0.03),
  };
}

/** What a mean over tasks says of them. */
export function rolled(estimate: number | null, scored: readonly number[], tasks: number) {
  return {
    board_value: estimate === null ? null : Math.round(estimate * 1000) / 10,
    mean_over_submitted: scored.length === 0 ? null : mean(scored),
    n_tasks: tasks,
    n_tasks_scored: scored.length,
    n_items: tasks * 30,
    n_groups: tasks * 30,
    n_expected: tasks * 30,
    n_scored: scored.length * 29,
    status: estimate === null ? "incomplete" : "complete",
  } as const;
}

/** What the gate says of a figure. */
export function gateOn(
  figure: Partial<ReleasedRow<"gates">>,
  decision: ReleasedRow<"gates">["decision"],
): ReleasedRow<"gates"> {
  const withheld = decision === "withhold";
  return releasedRow("gates", {
    ...figure,
    ...{ decision, rule: "unvalidated_share", measured: withheld ? 0.8 : 0.06, threshold: 0.2 },
    ...{ judge_share: 0.8, unvalidated_share: withheld ? 0.8 : 0.06, slices: "specialty:20" },
    ...{ lift: withheld ? "rate_more" : null, lift_items: withheld ? 17 : null },
  });
}
