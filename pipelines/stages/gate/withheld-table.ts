import { withEngine } from "../../warehouse/engine.js";
import { currentVersion } from "../../warehouse/versioned-folder.js";
import { attachTables } from "../../warehouse/views.js";
import { workspacePaths } from "../../warehouse/workspace.js";

/** What was withheld and why, most frequent first; figures of all runs together. */
export async function withheldTable(workspace: string) {
  const version = await currentVersion(workspacePaths(workspace).warehouse);
  return withEngine(
    async (engine) => {
      await attachTables(engine, version, ["gates"]);
      return engine.rows(
        `SELECT scope, rule, count(*) AS figures, min(unvalidated_share) AS least_share, max(unvalidated_share) AS largest_share,
              mode(slices) AS mostly_because_of, mode(lift) AS lift, max(lift_items) AS items_at_most
       FROM gates WHERE decision = 'withhold' GROUP BY scope, rule ORDER BY figures DESC, scope, rule`,
      );
    },
    { workspace },
  );
}
