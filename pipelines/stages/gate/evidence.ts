import type { SliceEvidence } from "../../../src/lib/publication/slice-standing.js";
import type { VerdictEvidence } from "../../../src/lib/publication/verdict-standing.js";
import type { Row } from "../../../src/lib/records/tables.js";
import type { VerdictKind } from "../../../src/lib/scorers/verdict-kind.js";
import { groupBy } from "../../../src/lib/util/group-by.js";
import type { Engine } from "../../warehouse/engine.js";
import { defineVerdictKind } from "../../warehouse/verdict-kind.js";

/** Slices of one judge version on one criterion: kind of slice, then its name. */
export type SliceMap = VerdictEvidence["slices"];

export interface JudgeEvidence {
  /** The evidence for the verdicts of a kind in a run; null where no answer that this version judged was rated. */
  of(runId: string, kind: VerdictKind): VerdictEvidence | null;
  /** Whether the judge's distance from people changed in the pool of a run. */
  hasDrifted(runId: string, pool: string): boolean;
}

type VersionRow = Row<"judgments", "run_id"> &
  Row<"validity", "benchmark" | "rubric_version" | "prompt_hash"> & { readonly kind: VerdictKind };

/** What the gate needs of `validity`. */
const validityColumns = [
  ...(["benchmark", "rubric_version", "prompt_hash", "criterion", "slice_kind", "slice"] as const),
  ...(["status", "action", "n_groups", "kappa", "kappa_se", "p_misses_target"] as const),
  ...(["target", "floor", "minimum_groups", "false_discovery_rate"] as const),
] as const;
type ValidityRow = Row<"validity", (typeof validityColumns)[number]>;

/**
 * The validity map as the gate needs it: per run the judge version whose verdicts were scored (the one with the most
 * verdicts, as in the scorer), and what ratings of that version show, slice by slice. Another version's ratings
 * are no evidence.
 *
 * @param judge judge whose verdicts were scored; null where none was
 */
export async function judgeEvidence(engine: Engine, judge: string | null): Promise<JudgeEvidence> {
  await defineVerdictKind(engine);
  const used = await engine.rows<VersionRow>(
    `WITH counted AS (
       SELECT run_id, benchmark, rubric_version, coalesce(prompt_hash, '') AS prompt_hash, count(*) AS n,
              verdict_kind(criterion) AS kind
       FROM judgments WHERE judge = $judge GROUP BY ALL
     )
     SELECT run_id, benchmark, rubric_version, prompt_hash, kind FROM counted
     QUALIFY row_number() OVER (PARTITION BY run_id, kind ORDER BY n DESC, rubric_version, prompt_hash) = 1`,
    { judge },
  );
  const maps = new Map<string, Map<string, SliceMap>>();
  for (const [version, rows] of groupBy(await validityOf(engine, judge), versionKey))
    maps.set(
      version,
      new Map([...groupBy(rows, ({ criterion }) => criterion)].map(([name, own]) => [name, sliceMap(own)])),
    );
  const versionOf = new Map(used.map((row) => [`${row.run_id}\u001f${row.kind}`, row]));
  const alarms = await engine.table("drift", ["benchmark", "baseline", "period"], {
    distinct: true,
    where: "alarm AND kind = 'pool'",
  });
  return {
    of(runId, kind) {
      const version = versionOf.get(`${runId}\u001f${kind}`);
      const criteria = version === undefined ? undefined : maps.get(versionKey(version));
      const own = criteria?.get(kind === "scale" ? gradedCriterion(criteria) : kind);
      if (own !== undefined) return { slices: own, isProxy: false };
      // The matching itself was not rated: the grades of the same judge are the nearest evidence.
      const graded = kind === "key_point" ? versionOf.get(`${runId}\u001fscale`) : undefined;
      const proxy = graded === undefined ? undefined : maps.get(versionKey(graded));
      const slices = proxy?.get(gradedCriterion(proxy));
      return slices === undefined ? null : { slices, isProxy: true };
    },
    hasDrifted(runId, pool) {
      const version = versionOf.get(`${runId}\u001fscale`);
      if (version === undefined) return false;
      const name = [judge, version.rubric_version, version.prompt_hash].filter(Boolean).join(" | ");
      return alarms.some(
        ({ benchmark, baseline, period }) =>
          benchmark === version.benchmark && period === pool && baseline.startsWith(`${name} in `),
      );
    },
  };
}

const versionKey = ({ benchmark, rubric_version, prompt_hash }: Omit<VersionRow, "run_id" | "kind">) =>
  [benchmark, rubric_version, prompt_hash].join("\u001f");

/** `all` where several criteria were rated on one scale, else the graded criterion with the most rated items. */
function gradedCriterion(criteria: ReadonlyMap<string, SliceMap>): string {
  if (criteria.has("all")) return "all";
  const items = (name: string) => criteria.get(name)?.get("overall")?.get("")?.nGroups ?? 0;
  const graded = [...criteria.keys()].filter((name) => name !== "key_point" && name !== "criterion");
  return graded.sort((a, b) => items(b) - items(a) || (a < b ? -1 : 1))[0] ?? "";
}

function validityOf(engine: Engine, judge: string | null): Promise<ValidityRow[]> {
  return engine.table("validity", validityColumns, {
    where: "judge = $judge",
    orderBy: ["criterion", "slice_kind", "slice"],
    parameters: { judge },
  });
}

function sliceMap(rows: readonly ValidityRow[]): SliceMap {
  return new Map(
    [...groupBy(rows, ({ slice_kind }) => slice_kind)].map(([kind, own]) => [
      kind,
      new Map(own.map((row) => [row.slice, evidenceOf(row)])),
    ]),
  );
}

function evidenceOf(row: ValidityRow): SliceEvidence {
  return {
    status: row.status,
    action: row.action,
    isRefuted: row.p_misses_target !== null && row.p_misses_target <= row.false_discovery_rate,
    nGroups: row.n_groups,
    kappa: row.kappa,
    standardError: row.kappa_se,
    target: row.target,
    floor: row.floor,
    minimumGroups: row.minimum_groups,
  };
}
