import type { SliceEvidence } from "../../../src/lib/publication/slice-standing.js";
import type { VerdictEvidence } from "../../../src/lib/publication/verdict-standing.js";
import type { Row } from "../../../src/lib/records/tables.js";
import type { VerdictKind } from "../../../src/lib/scorers/verdict-kind.js";
import { groupBy } from "../../../src/lib/util/group-by.js";
import type { Engine } from "../../warehouse/engine.js";

/** Slices of one judge version on one criterion: kind of slice, then its name. */
export type SliceMap = VerdictEvidence["slices"];

export interface JudgeEvidence {
  /** The evidence for the verdicts of a kind in a dataset of a run; null where no answer that this version judged was rated. */
  of(runId: string, dataset: string, kind: VerdictKind): VerdictEvidence | null;
  /** Whether the judge's distance from people changed in the pool of a run. */
  hasDrifted(runId: string, pool: string): boolean;
}

/** A judge version that the scores of a run use. */
type VersionRow = Row<"scored_verdicts", (typeof versionColumns)[number]>;
const versionColumns = [
  ...(["run_id", "dataset", "kind"] as const),
  ...(["benchmark", "judge", "rubric_version", "prompt_hash", "n_verdicts"] as const),
] as const;

/** What the gate needs of `validity`. */
const validityColumns = [
  ...(["benchmark", "judge", "rubric_version", "prompt_hash"] as const),
  ...(["criterion", "slice_kind", "slice"] as const),
  ...(["status", "action", "n_groups", "kappa", "kappa_se", "p_misses_target"] as const),
  ...(["target", "floor", "minimum_groups", "false_discovery_rate"] as const),
] as const;
type ValidityRow = Row<"validity", (typeof validityColumns)[number]>;

/**
 * The validity map as the gate needs it: what ratings of the judge version show, slice by slice, whose verdicts were scored in a
 * dataset of a run. Another version's ratings are no evidence.
 */
export async function judgeEvidence(engine: Engine): Promise<JudgeEvidence> {
  const used = await engine.table("scored_verdicts", versionColumns);
  const maps = new Map<string, Map<string, SliceMap>>();
  for (const [version, rows] of groupBy(await validityOf(engine), versionKey))
    maps.set(
      version,
      new Map([...groupBy(rows, ({ criterion }) => criterion)].map(([name, own]) => [name, sliceMap(own)])),
    );
  const ownVersion = new Map(used.map((row) => [usedKey(row.run_id, row.dataset, row.kind), row]));
  const mainVersions = new Map(
    [...groupBy(used, ({ run_id, kind }) => usedKey(run_id, kind))].map(([key, rows]) => [
      key,
      mainVersion(rows),
    ]),
  );
  // A dataset without verdicts is as good as the verdicts on the run's others.
  const versionOf = (runId: string, dataset: string, kind: VerdictKind) =>
    ownVersion.get(usedKey(runId, dataset, kind)) ?? mainVersions.get(usedKey(runId, kind));
  const gradesOf = groupBy(
    used.filter(({ kind }) => kind === "scale"),
    ({ run_id }) => run_id,
  );
  const alarms = await engine.table("drift", ["benchmark", "baseline", "period"], {
    distinct: true,
    where: "alarm AND kind = 'pool'",
  });
  return {
    of(runId, dataset, kind) {
      const version = versionOf(runId, dataset, kind);
      const criteria = version === undefined ? undefined : maps.get(versionKey(version));
      const own = criteria?.get(kind === "scale" ? gradedCriterion(criteria) : kind);
      if (own !== undefined) return { slices: own, isProxy: false };
      // The matching itself was not rated: the grades of the same judge are the nearest evidence.
      const graded = kind === "key_point" ? versionOf(runId, dataset, "scale") : undefined;
      const proxy = graded === undefined ? undefined : maps.get(versionKey(graded));
      const slices = proxy?.get(gradedCriterion(proxy));
      return slices === undefined ? null : { slices, isProxy: true };
    },
    hasDrifted(runId, pool) {
      return (gradesOf.get(runId) ?? []).some((version) => {
        const name = [version.judge, version.rubric_version, version.prompt_hash].filter(Boolean).join(" | ");
        return alarms.some(
          ({ benchmark, baseline, period }) =>
            benchmark === version.benchmark && period === pool && baseline.startsWith(`${name} in `),
        );
      });
    },
  };
}

const usedKey = (...parts: readonly string[]) => parts.join("\u001f");

/** The version with the most verdicts. */
function mainVersion(rows: readonly VersionRow[]): VersionRow | undefined {
  const verdicts = (own: readonly VersionRow[]) => own.reduce((sum, { n_verdicts }) => sum + n_verdicts, 0);
  const versions = [...groupBy(rows, versionKey)].sort(
    ([a, x], [b, y]) => verdicts(y) - verdicts(x) || (a < b ? -1 : 1),
  );
  return versions[0]?.[1][0];
}

const versionKey = ({
  benchmark,
  judge,
  rubric_version,
  prompt_hash,
}: Pick<VersionRow, "benchmark" | "judge" | "rubric_version" | "prompt_hash">) =>
  [benchmark, judge, rubric_version, prompt_hash].join("\u001f");

/** `all` where several criteria were rated on one scale, else the graded criterion with the most rated items. */
function gradedCriterion(criteria: ReadonlyMap<string, SliceMap>): string {
  if (criteria.has("all")) return "all";
  const items = (name: string) => criteria.get(name)?.get("overall")?.get("")?.nGroups ?? 0;
  const graded = [...criteria.keys()].filter((name) => name !== "key_point" && name !== "criterion");
  return graded.sort((a, b) => items(b) - items(a) || (a < b ? -1 : 1))[0] ?? "";
}

function validityOf(engine: Engine): Promise<ValidityRow[]> {
  return engine.table("validity", validityColumns, { orderBy: ["criterion", "slice_kind", "slice"] });
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
