import { gatesEnglish } from "../../../src/components/words/gates-english.js";
import { gateLift, gateRule, gateSlices } from "../../../src/lib/messages/gate.js";
import type { Row } from "../../../src/lib/records/tables.js";
import { formatRounded } from "../../../src/lib/util/rounding.js";
import { withEngine } from "../../warehouse/engine.js";
import { specialtyNames } from "../../warehouse/taxonomy.js";
import { currentVersion } from "../../warehouse/versioned-folder.js";
import { attachTables } from "../../warehouse/views.js";
import { workspacePaths } from "../../warehouse/workspace.js";

type Withheld = Row<"gates", "scope" | "rule" | "lift" | "slices"> & {
  readonly n: number;
  readonly least: number | null;
  readonly most: number | null;
  readonly items: number | null;
};

/** How many figures were withheld and why, most frequent first; figures of all runs together. */
export async function withheldTable(workspace: string) {
  const [version, nameOf] = await Promise.all([
    currentVersion(workspacePaths(workspace).warehouse),
    specialtyNames(),
  ]);
  const rows = await withEngine(
    async (engine) => {
      await attachTables(engine, version, ["gates"]);
      return engine.rows<Withheld>(
        `SELECT scope, rule, lift, count(*) AS n, min(measured) AS least, max(measured) AS most,
              mode(slices) AS slices, max(lift_items) AS items
       FROM gates WHERE decision = 'withhold' GROUP BY scope, rule, lift ORDER BY n DESC, scope, rule, lift`,
      );
    },
    { workspace },
  );
  return rows.map(({ scope, rule, lift, n, least, most, slices, items }) => ({
    figures: n,
    of: gatesEnglish.scopes[scope],
    why: gateRule(rule, range(least, most), "en"),
    "mostly because of": gateSlices(slices, "en", nameOf),
    "what would help, at most": lift === null ? null : gateLift(lift, items ?? 0, "en"),
  }));
}

function range(least: number | null, most: number | null): string {
  if (least === null || most === null) return "a part";
  const [from, to] = [least, most].map((share) => `${formatRounded(share * 100)}%`);
  return from === to ? `${to}` : `${from} to ${to}`;
}
