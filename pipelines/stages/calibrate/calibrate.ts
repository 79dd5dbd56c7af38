import { resolve } from "node:path";
import { defaultThresholds, type ValidityThresholds } from "../../../src/lib/calibration/validity-map.js";
import { InputError } from "../../../src/lib/errors.js";
import type { JudgeWishes } from "../../../src/lib/publication/judge-of-record.js";
import { judgeKind } from "../../../src/lib/records/judge-kind.js";
import { judgeWishes } from "../../groups/judge-wishes.js";
import { leaveOutTrials } from "../../groups/trial-judges.js";
import { defineRubricCriteria } from "../../judging/rubric-criteria.js";
import { keptCatalogues } from "../../warehouse/catalogue.js";
import { hashJson } from "../../warehouse/hash.js";
import type { StageRecord } from "../../warehouse/stage-record.js";
import { writeRows } from "../../warehouse/write-rows.js";
import { runStage, type StageOutcome, type StageTools } from "../stage.js";
import { writeAgreement } from "./agreement-rows.js";
import { anchorHash, readAnchors } from "./anchor-set.js";
import { writeCorrectedScores } from "./corrected-scores.js";
import { criteriaOf } from "./criteria.js";
import { writeDrift } from "./drift-rows.js";
import { writeGrades } from "./grade-rows.js";
import { writeBias } from "./judge-bias.js";
import { ratedUnits, unmatchedRatings } from "./rated-units.js";
import { readStudy, type StudyRow } from "./study-record.js";
import { writeValidity } from "./validity-rows.js";

export interface CalibrateParameters extends ValidityThresholds {
  /** Grades up to this share of the scale's range are low: 1 and 2 of 1 to 5. Default 0.25. */
  readonly lowCut: number;
  /** Margin that the alt-test allows the judge: 0.2 when compared with experts. Default 0.2. */
  readonly epsilon: number;
  /** Probability of a false drift alarm on any chart of a benchmark, now or later, while nothing drifts. Default 0.05. */
  readonly falseAlarmRate: number;
  /** Judge version that drift is measured from. Default: that of the judge of record. */
  readonly baseline: string | null;
  /** A score with fewer rated items than this is not corrected. Default 10. */
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

/** Compares every judge with the people who rated the same answers: agreement, validity, bias, drift, corrected scores. */
export async function runCalibrate({
  workspace,
  force = false,
  parameters = {},
  anchor,
  study,
}: CalibrateOptions): Promise<StageOutcome> {
  const all = { ...defaultParameters, ...parameters };
  const anchors = anchor === undefined ? null : { file: resolve(anchor), hash: anchorHash(anchor) };
  const record = typeof study === "string" ? readStudy(study) : (study ?? []);
  const wishes = await judgeWishes(workspace, undefined);
  const outcome = await runStage(
    workspace,
    {
      name: "calibrate",
      reads: [
        ...(["catalogue", "items", "items_private", "runs", "responses"] as const),
        ...(["judgments", "judge_versions", "ratings"] as const),
      ],
      writes: [
        "agreement",
        "judge_grades",
        "validity",
        "drift",
        "judge_bias",
        "rating_study",
        "corrected_scores",
        "rated_answers",
      ],
      parameters: { ...all, anchor: anchors?.file ?? null, study: record },
      inputs: {
        ...(anchors === null ? {} : { anchor: anchors.hash }),
        judges: hashJson(wishes),
      },
      // Millions of verdicts are grouped by answer; with 700 MB this spills to disk.
      engine: { memoryLimit: "1GB" },
      work: (tools) => calibrate(tools, all, { anchors, study: record, wishes }),
    },
    { force },
  );
  return { ...outcome, notes: trialNotes(outcome.counts) };
}

/** Which judges are not in the tables, or mean nothing there: a stub knows no medicine, and a replay repeats another judge. */
function trialNotes(counts: StageOutcome["counts"]): string[] {
  const judgesIn = (name: string) => (counts[name] ?? []) as readonly string[];
  return [
    ...judgesIn("trials").map(
      (judge) =>
        `${judge} is left out: a ${judgeKind(judge)} is no evidence about a judge. It counts only where it is named as the judge of record: medbench judges pin ${JSON.stringify(judge)}`,
    ),
    ...judgesIn("stubs_of_record").map(
      (judge) => `the judge of record, ${judge}, is a stub: its agreement with physicians means nothing`,
    ),
  ];
}

/** Options that repeat a calibration, read from its record in the warehouse. */
export function sameCalibration({ parameters }: StageRecord): Omit<CalibrateOptions, "workspace" | "force"> {
  const { anchor, study, ...rest } = parameters as StageRecord["parameters"] &
    CalibrateParameters & {
      readonly anchor: string | null;
      readonly study: readonly StudyRow[];
    };
  return { parameters: rest, study, ...(anchor === null ? {} : { anchor }) };
}

async function calibrate(
  tools: StageTools,
  parameters: CalibrateParameters,
  {
    anchors,
    study,
    wishes,
  }: {
    readonly anchors: { readonly file: string; readonly hash: string } | null;
    readonly study: readonly StudyRow[];
    readonly wishes: JudgeWishes;
  },
) {
  const { engine, draft, base } = tools;
  const { trials, stubsOfRecord } = await leaveOutTrials(engine, wishes);
  const { judgments } = await engine.row<{ judgments: number }>(
    "SELECT count(*) AS judgments FROM judgments",
  );
  if (judgments === 0 && trials.length === 0) {
    throw new InputError("calibrate: the warehouse contains no judgments", {
      hint: "Run `medbench judge`, or ingest the verdicts of a judge with a mapping file.",
    });
  }
  const anchorAnswers = anchors === null ? null : await readAnchors(engine, anchors.file);
  await defineRubricCriteria(engine, await keptCatalogues(base));
  const units = await ratedUnits(engine);
  const criteria = criteriaOf(units);
  await writeAgreement(tools, criteria, parameters);
  await writeGrades(tools, criteria);
  await writeBias(tools, criteria, parameters);
  await writeRows(engine, "rating_study", study, draft.path("rating_study", "0000.parquet"));
  return {
    judgments,
    ...(trials.length === 0 ? {} : { trials }),
    ...(stubsOfRecord.length === 0 ? {} : { stubs_of_record: stubsOfRecord }),
    ...(anchorAnswers === null ? {} : { anchor_answers: anchorAnswers }),
    ...(await unmatchedRatings(engine)),
    rated_answers: new Set(units.map(({ response }) => response)).size,
    ...(await writeValidity(tools, criteria, parameters)),
    ...(await writeDrift(tools, criteria, { ...parameters, anchor: anchors?.hash ?? null })),
    ...(await writeCorrectedScores(tools, parameters)),
  };
}
