import { gateDecisions, gateRules } from "../../publication/gate.js";
import { count, optional, share, type Table, text } from "./column.js";
import { runColumns } from "./keys.js";

/** Kinds of figures that a release may contain. */
export const figureScopes = [
  "task",
  "dimension",
  "overall",
  "specialty",
  "judged_overall",
  "judged_dimension",
  "judged_specialty",
] as const;

/** What the gate writes: which figures may be published. */
export const gatedTables = {
  gates: {
    grain: "one figure of a run: may it be published?",
    key: ["run_id", "scope", "name"],
    columns: {
      ...runColumns,
      scope: text(
        "kind of figure; judged_* = mean over judged answers only, as in corrected_scores",
        figureScopes,
      ),
      name: text("dataset, dimension, or specialty (primary/13, secondary/13.01); '' for overall"),
      decision: text(
        "what may be done with the figure; withheld figures are NULL in the release",
        gateDecisions,
      ),
      rule: text("rule that decided", gateRules),
      measured: optional(share("share of the figure that the rule examined")),
      threshold: optional(share("limit that the share was compared with")),
      judge_share: share("share of the figure that depends on a judge's verdicts"),
      unvalidated_share: share("share that depends on verdicts in slices where the judge is not validated"),
      provisional_share: share(
        "share that depends on verdicts accepted with a caveat: borrowed, or an interval below the target",
      ),
      slices: text(
        "slices where the judge is not validated, largest share first: specialty:13|dataset:MedTerm",
      ),
      lift: optional(
        text(
          "what would make a withheld figure publishable: rate more answers, or recalibrate the judge (or let physicians grade)",
          ["rate_more", "recalibrate"],
        ),
      ),
      lift_items: optional(count("further items to rate in the slices that ratings can still decide")),
    },
  },
} as const satisfies Record<string, Table>;
