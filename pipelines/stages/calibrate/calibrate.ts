import { resolve } from "node:path";
import { defaultThresholds, type ValidityThresholds } from "../../../src/lib/calibration/validity-map.js";
import { InputError } from "../../../src/lib/errors.js";
import { groupBy } from "../../../src/lib/util/group-by.js";
import { writeRows } from "../../warehouse/write-rows.js";
import { runStage, type StageOutcome, type StageRecord, type StageTools } from "../stage.js";
import { agreementOf } from "./agreement-rows.js";
import { anchorHash, readAnchors } from "./anchor-set.js";
import { biasOf, panelRows, selfConsistency } from "./bias-rows.js";
import { correctedScores } from "./corrected-scores.js";
import { driftRows } from "./drift-rows.js";
import { positionRows } from "./position-rows.js";
import { type RatedUnit, ratedUnits, unmatchedRatings } from "./rated-units.js";
import { categoriesOf, slicesOf } from "./slices.js";
import { readStudy, type StudyRow } from "./study-record.js";
import { validityRows } from "./validity-rows.js";

export interface CalibrateParameters extends ValidityThresholds {
  /** Grades up to this share of the scale's range are low: 1 and 2 of 1 to 5. Default 0.25. */
  readonly lowCut: number;
  /** How much the judge may lack in the alt-test: 0.2 against experts. Default 0.2. */
  readonly epsilon: number;
  /** Chance of any drift alarm on a criterion while nothing drifts. Default 0.05. */
  readonly falseAlarmRate: number;
  /** Judge version that drift is measured from; default the one with the most verdicts. */
  readonly baseline: string | null;
  /** Rated items below which a score is not corrected. Default 10. */
  readonly minimumRated: number;
}

export const defaultParameters: CalibrateParameters = {
  ...defaultThresholds,
  lowCut: 0.25,
  epsilon: 0.2,
  falseAlarmRate: 0.05,
  baseline: null,
  minimumRated: 10,
};

export interface CalibrateOptions {
  readonly workspace: string;
  readonly force?: boolean;
  readonly parameters?: Partial<CalibrateParameters>;
  /** List of the answers on which versions of the judge are compared (CSV or JSON Lines of response keys). */
  readonly anchor?: string;
  /** Record of the rating study, for the reporting checklist: a YAML or JSON file, or what was read from one. */
  readonly study?: string | readonly StudyRow[];
}

/** Holds every judge against the people who rated the same answers: agreement, validity, bias, drift, corrected scores. */
export function runCalibrate({
  workspace,
  force = false,
  parameters = {},
  anchor,
  study,
}: CalibrateOptions): Promise<StageOutcome> {
  const all = { ...defaultParameters, ...parameters };
  const anchors = anchor === undefined ? null : { file: resolve(anchor), hash: anchorHash(anchor) };
  const record = typeof study === "string" ? readStudy(study) : (study ?? []);
  return runStage(
    workspace,
    {
      name: "calibrate",
      reads: ["items", "runs", "responses", "judgments", "ratings"],
      writes: [
        "agreement",
        "judge_grades",
        "validity",
        "drift",
        "judge_bias",
        "rating_study",
        "corrected_scores",
      ],
      parameters: { ...all, anchor: anchors?.file ?? null, study: record },
      ...(anchors === null ? {} : { inputs: { anchor: anchors.hash } }),
      // Millions of verdicts are grouped by answer, which 700 MB hold only by spilling to disk.
      engine: { memoryLimit: "1GB" },
      work: (tools) => calibrate(tools, all, { anchors, study: record }),
    },
    { force },
  );
}

/** Options that repeat a calibration from what the warehouse remembers of it. */
export function sameCalibration({ parameters }: StageRecord): Omit<CalibrateOptions, "workspace" | "force"> {
  const { anchor, study, ...rest } = parameters as unknown as CalibrateParameters & {
    readonly anchor: string | null;
    readonly study: readonly StudyRow[];
  };
  return { parameters: rest, study, ...(anchor === null ? {} : { anchor }) };
}

async function calibrate(
  { engine, draft }: StageTools,
  parameters: CalibrateParameters,
  {
    anchors,
    study,
  }: {
    readonly anchors: { readonly file: string; readonly hash: string } | null;
    readonly study: readonly StudyRow[];
  },
) {
  const { judgments } = await engine.row<{ judgments: number }>(
    "SELECT count(*) AS judgments FROM judgments",
  );
  if (judgments === 0) {
    throw new InputError("calibrate: the warehouse holds no judgments", {
      hint: "Run `medbench judge`, or ingest the verdicts of a judge with a mapping file.",
    });
  }
  const anchorAnswers = anchors === null ? null : await readAnchors(engine, anchors.file);
  const units = withAllCriteria(await ratedUnits(engine));
  const perCriterion = [...groupBy(units, criterionOf).values()].map((own) =>
    calibrateCriterion(own, parameters),
  );
  const tables = {
    agreement: perCriterion.flatMap(({ agreement }) => agreement),
    judge_grades: perCriterion.flatMap(({ grades }) => grades),
    validity: perCriterion.flatMap(({ validity }) => validity),
    drift: await driftRows(engine, units, { ...parameters, anchor: anchors?.hash ?? null }),
    judge_bias: [
      ...perCriterion.flatMap(({ bias }) => bias),
      ...(await selfConsistency(engine, parameters.confidence)),
      ...(await positionRows(engine, parameters.confidence)),
      ...(await panelRows(engine)),
    ],
    rating_study: study,
    corrected_scores: await correctedScores(engine, parameters),
  } as const;
  for (const [name, rows] of Object.entries(tables) as [keyof typeof tables, readonly object[]][])
    await writeRows(engine, name, rows, draft.path(name, "0000.parquet"));
  const specialties = tables.validity.filter(
    ({ slice_kind, criterion }) => slice_kind === "specialty" && criterion === "all",
  );
  return {
    judgments,
    ...(anchorAnswers === null ? {} : { anchor_answers: anchorAnswers }),
    ...(await unmatchedRatings(engine)),
    rated_answers: new Set(units.map(({ response }) => response)).size,
    not_validated_specialties: specialties.filter(({ status }) => status === "not validated").length,
    drift_alarms: tables.drift.filter(({ alarm }) => alarm === true).length,
    corrected_scores: tables.corrected_scores.filter(({ status }) => status === "corrected").length,
  };
}

const versionOf = ({ benchmark, judge, rubric_version, prompt_hash }: RatedUnit) => ({
  benchmark,
  judge,
  rubric_version,
  prompt_hash,
});
const criterionOf = (unit: RatedUnit) => [...Object.values(versionOf(unit)), unit.criterion].join("\u001f");

/**
 * Adds the criterion `all`: the graded criteria of a rubric together, those of the scale that most of them share. Key points and
 * other numbered points have a meaning of their own and stay out.
 */
function withAllCriteria(units: readonly RatedUnit[]): RatedUnit[] {
  const graded = groupBy(
    units.filter(({ position }) => position === null),
    (unit) => Object.values(versionOf(unit)).join("\u001f"),
  );
  const together = [...graded.values()].flatMap((own) => {
    const scales = [...groupBy(own, ({ scale_min, scale_max }) => `${scale_min}/${scale_max}`).values()];
    const criteria = (group: readonly RatedUnit[]) => new Set(group.map(({ criterion }) => criterion)).size;
    const [widest] = scales.sort((a, b) => criteria(b) - criteria(a));
    return widest !== undefined && criteria(widest) > 1 ? widest : [];
  });
  return [...units, ...together.map((unit) => ({ ...unit, criterion: "all" }))];
}

function calibrateCriterion(units: readonly RatedUnit[], parameters: CalibrateParameters) {
  const [first] = units as [RatedUnit];
  const shared = { ...versionOf(first), criterion: first.criterion };
  const categories = categoriesOf(units);
  const agreement = slicesOf(units).map(({ kind, name, units: own }) => ({
    ...shared,
    ...{ slice_kind: kind, slice: name, scale_min: first.scale_min, scale_max: first.scale_max },
    ...agreementOf(own, { categories, ...parameters }),
  }));
  return {
    agreement,
    grades: gradesOf(units, shared),
    validity: validityRows(units, parameters),
    bias: biasOf(units, parameters),
  };
}

/** Counts of (judge, physician) values: the confusion matrix, and all that a Bland-Altman picture needs. */
function gradesOf(
  units: readonly RatedUnit[],
  shared: ReturnType<typeof versionOf> & { readonly criterion: string },
) {
  const cells = new Map<
    string,
    { judge_value: number; people_value: number; n_ratings: number; clusters: Set<string> }
  >();
  for (const { verdict, ratings, cluster } of units) {
    for (const { value } of ratings) {
      const key = `${verdict}/${value}`;
      const cell = cells.get(key) ?? {
        judge_value: verdict,
        people_value: value,
        n_ratings: 0,
        clusters: new Set(),
      };
      cell.n_ratings += 1;
      cell.clusters.add(cluster);
      cells.set(key, cell);
    }
  }
  return [...cells.values()]
    .sort((a, b) => a.judge_value - b.judge_value || a.people_value - b.people_value)
    .map(({ clusters, ...cell }) => ({ ...shared, ...cell, n_groups: clusters.size }));
}
