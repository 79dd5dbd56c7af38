import { InputError } from "../../../src/lib/errors.js";
import {
  auditItems,
  type DifferentialFinding,
  type ItemFlag,
} from "../../../src/lib/ranking/irt/item-audit.js";
import { fit1pl } from "../../../src/lib/ranking/irt/two-parameter.js";
import { compareTexts } from "../../../src/lib/util/compare-texts.js";
import { groupBy } from "../../../src/lib/util/group-by.js";
import { requireKnown } from "../../../src/lib/util/known-names.js";
import { fileConstants } from "../../groups/file-constants.js";
import { describeGroups } from "../../groups/item-groups.js";
import { placeKey, runRowColumns } from "../../groups/run-row.js";
import { watchedScoreColumns } from "../../groups/run-scores.js";
import { versionsOf } from "../../groups/task-groups.js";
import { catalogueOf } from "../../warehouse/catalogue.js";
import { type Engine, withEngine } from "../../warehouse/engine.js";
import { recordOf } from "../../warehouse/stage-record.js";
import { currentVersion } from "../../warehouse/versioned-folder.js";
import { attachTables, tableFiles } from "../../warehouse/views.js";
import { workspacePaths } from "../../warehouse/workspace.js";
import { type AttributeAudit, auditAttributes, type UntestedAttribute } from "./attributes.js";
import { auditFamilies, type FamilyAudit } from "./families.js";
import { type AuditedRun, type PlaceAnswers, readPlace } from "./read-place.js";

export interface AuditOptions {
  readonly workspace: string;
  readonly pool?: string | undefined;
  readonly track?: string | undefined;
  readonly dataset?: string | undefined;
  /** Mean score of a question from which it counts as right. Default 0.5. */
  readonly rightFrom?: number;
}

/** One question with the reasons for which a person should look at it; see `auditItems`. */
export interface QuestionAudit {
  readonly dataset: string;
  readonly group_id: string;
  readonly n_systems: number;
  readonly share_right: number | null;
  readonly difficulty: number | null;
  readonly rest_correlation: number | null;
  readonly infit: number | null;
  readonly outfit: number | null;
  readonly differential: readonly DifferentialFinding[];
  readonly flags: readonly ItemFlag[];
}

/** The audit of a benchmark's pool and track. */
export interface PlaceAudit {
  readonly benchmark: string;
  readonly pool: string;
  readonly track: string;
  /** One run for each system. */
  readonly runs: readonly string[];
  readonly warnings: readonly string[];
  readonly questions: readonly QuestionAudit[];
  readonly families: readonly FamilyAudit[];
  readonly attributes: readonly AttributeAudit[];
  readonly untested: readonly UntestedAttribute[];
}

/** Below this many systems, the fit of a single question to the model is noise. */
const systemsForFit = 30;

/**
 * Reviews the questions of a workspace: which should a person look at, which work differently for a family of systems, and which
 * systems find a specialty or language harder than other questions of equal difficulty. Reads scores only, no texts.
 *
 * @throws InputError if nothing was scored, a name is unknown, or there are too many answers at once
 */
export async function auditWorkspace({
  workspace,
  pool,
  track,
  dataset,
  rightFrom = 0.5,
}: AuditOptions): Promise<PlaceAudit[]> {
  const { warehouse } = workspacePaths(workspace);
  const version = await currentVersion(warehouse);
  const scored = recordOf(version, "score");
  if (version === null || scored === undefined)
    throw new InputError(`${warehouse}: nothing was scored yet`, { hint: "Run `medbench run` first." });
  return withEngine(
    async (engine) => {
      await attachTables(engine, version);
      const runs = await chosenRuns(engine, { pool, track, dataset });
      const files = await fileConstants(engine, tableFiles(version, "scores"), watchedScoreColumns);
      const asOf = (scored.parameters["asOf"] as string | null) ?? null;
      const audits: PlaceAudit[] = [];
      for (const all of groupBy(runs, placeKey).values()) {
        const first = all[0] as AuditedRun;
        const versions = versionsOf(await catalogueOf(version, first.benchmark), first.track, asOf);
        await describeGroups(engine, first);
        const one = onePerSystem(all);
        const answers = await readPlace(engine, one, { versions, files, dataset, rightFrom });
        if (answers.questions.length === 0) continue;
        audits.push(auditPlace(one, answers));
      }
      return audits;
    },
    { workspace },
  );
}

async function chosenRuns(
  engine: Engine,
  { pool, track, dataset }: Pick<AuditOptions, "pool" | "track" | "dataset">,
): Promise<AuditedRun[]> {
  const runs = await engine.table("runs", [...runRowColumns, "family", "submitted_at"], {
    orderBy: ["benchmark", "pool", "track", "run_id"],
  });
  const where = "audit-items";
  if (pool !== undefined)
    requireKnown(
      [pool],
      runs.map((run) => run.pool),
      { where: `${where} --pool`, what: "pool" },
    );
  if (track !== undefined)
    requireKnown(
      [track],
      runs.map((run) => run.track),
      { where: `${where} --track`, what: "track" },
    );
  if (dataset !== undefined) {
    const known = await engine.table("items", ["dataset"], { distinct: true, orderBy: ["dataset"] });
    requireKnown(
      [dataset],
      known.map((row) => row.dataset),
      { where: `${where} --dataset`, what: "dataset" },
    );
  }
  return runs.filter(
    (run) => (pool === undefined || run.pool === pool) && (track === undefined || run.track === track),
  );
}

/** Two runs of a system are not two systems: the one submitted last counts. */
function onePerSystem(runs: readonly AuditedRun[]): AuditedRun[] {
  const last = new Map<string, AuditedRun>();
  const time = ({ submitted_at }: AuditedRun) => String(submitted_at ?? "");
  for (const run of runs) {
    const other = last.get(run.system);
    if (other === undefined || compareTexts(time(run), time(other)) >= 0) last.set(run.system, run);
  }
  return [...last.values()];
}

function auditPlace(runs: readonly AuditedRun[], answers: PlaceAnswers): PlaceAudit {
  const { benchmark, pool, track } = runs[0] as AuditedRun;
  const { questions, matrix } = answers;
  const { families, tests } = auditFamilies(runs, answers);
  const fit = fit1pl(matrix);
  const isFew = runs.length < systemsForFit;
  const audit = auditItems(matrix, fit, {
    differential: tests,
    restLevel: 0.01,
    // All questions have the same slope in this model.
    minimumSlope: 0,
    ...(isFew
      ? { infitRange: [0, Number.POSITIVE_INFINITY], maximumDifficulty: Number.POSITIVE_INFINITY }
      : {}),
  });
  const few = `${runs.length} systems: with fewer than ${systemsForFit}, misfit and difficulty of single questions are not flagged`;
  return {
    ...{ benchmark, pool, track, runs: runs.map(({ run_id }) => run_id) },
    warnings: [...(isFew ? [few] : []), ...fit.warnings],
    questions: questions.map(({ dataset, group_id }, q) => {
      const { n, easiness, b, restCorrelation, infit, outfit, differential, flags } = audit[q]!;
      return {
        ...{ dataset, group_id, n_systems: n, share_right: easiness, difficulty: b },
        ...{ rest_correlation: restCorrelation, infit, outfit, differential, flags },
      };
    }),
    families,
    ...auditAttributes(runs, answers),
  };
}
