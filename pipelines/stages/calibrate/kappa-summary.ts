import { renderStored } from "../../../src/lib/messages/render.js";
import type { Row } from "../../../src/lib/records/tables.js";
import { withEngine } from "../../warehouse/engine.js";
import { specialtyNames } from "../../warehouse/taxonomy.js";
import { currentVersion } from "../../warehouse/versioned-folder.js";
import { attachTables } from "../../warehouse/views.js";
import { workspacePaths } from "../../warehouse/workspace.js";

type Version = Row<"validity", "benchmark" | "judge" | "rubric_version" | "prompt_hash">;

/** How far the judge's agreement with physicians allows the use of its grades. */
export type Trust = "good enough" | "good enough, with caution" | "undecided" | "not good enough";

/** The agreement of a judge version with physicians on one criterion, in all rated answers or a part of them. */
export type KappaLine = Version &
  Row<"validity", "criterion" | "slice_kind" | "slice" | "kappa" | "kappa_lower" | "kappa_upper"> & {
    /** Name of the dataset or specialty. */
    readonly name: string;
    readonly items: number;
    /** Kappa between two physicians on the same answers; null where none was rated twice. */
    readonly ceiling: number | null;
    readonly trust: Trust;
    /** Why, as an English sentence. */
    readonly why: string;
  };

type Found = Version &
  Row<
    "validity",
    | ("criterion" | "slice_kind" | "slice" | "status" | "action" | "reason" | "reason_parameters")
    | ("n_groups" | "kappa" | "kappa_lower" | "kappa_upper")
  > & { readonly ceiling: number | null };

/** Agreement by criterion, and over all criteria by dataset and specialty, each with its verdict. */
export async function kappaSummary(workspace: string): Promise<KappaLine[]> {
  const [version, nameOf] = await Promise.all([
    currentVersion(workspacePaths(workspace).warehouse),
    specialtyNames(),
  ]);
  const rows = await withEngine(
    async (engine) => {
      await attachTables(engine, version, ["validity", "agreement"]);
      return engine.rows<Found>(
        `SELECT benchmark, judge, rubric_version, prompt_hash, criterion, slice_kind, slice, v.status, v.action,
              v.reason, v.reason_parameters, v.n_groups, v.kappa, v.kappa_lower, v.kappa_upper, a.ceiling
       FROM validity v JOIN agreement a USING (benchmark, judge, rubric_version, prompt_hash, criterion, slice_kind, slice)
       WHERE slice_kind = 'overall' OR (slice_kind IN ('dataset', 'specialty') AND
         (criterion = 'all' OR NOT EXISTS (FROM validity o WHERE o.criterion = 'all' AND o.benchmark = v.benchmark
           AND o.judge = v.judge AND o.rubric_version = v.rubric_version AND o.prompt_hash = v.prompt_hash)))
       ORDER BY benchmark, judge, rubric_version, prompt_hash, slice_kind, criterion <> 'all', criterion, slice`,
      );
    },
    { workspace },
  );
  return rows.map(({ status, action, reason, reason_parameters, n_groups, ...row }) => ({
    ...row,
    name: row.slice_kind === "specialty" ? nameOf(row.slice) : row.slice,
    items: n_groups,
    trust: trustOf(status, action),
    why: renderStored(reason, reason_parameters, "en"),
  }));
}

function trustOf(status: Found["status"], action: Found["action"]): Trust {
  if (status === "not validated") return "not good enough";
  if (status === "borrowed") return "undecided";
  return action === "none" ? "good enough" : "good enough, with caution";
}
