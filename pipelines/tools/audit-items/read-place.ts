import { InputError } from "../../../src/lib/errors.js";
import type { Answer } from "../../../src/lib/ranking/irt/responses.js";
import type { Row } from "../../../src/lib/records/tables.js";
import type { FileConstants } from "../../groups/file-constants.js";
import type { RunRow } from "../../groups/run-row.js";
import { groupScores, preparePlace, type Versions } from "../../groups/task-groups.js";
import type { Engine } from "../../warehouse/engine.js";
import { readQuery } from "../../warehouse/sql-files.js";

/** A run that takes part, with its family. */
export type AuditedRun = RunRow & Row<"runs", "family" | "submitted_at">;

/** A group of variants: the independent unit of an audit. */
export interface Question {
  readonly dataset: string;
  readonly group_id: string;
  readonly specialties: readonly string[];
  readonly language: string;
}

export interface PlaceAnswers {
  readonly questions: readonly Question[];
  /** Rows are runs, columns questions. */
  readonly matrix: readonly (readonly Answer[])[];
}

interface QuestionRow {
  readonly group_no: number;
  readonly dataset: string;
  readonly group_id: string;
  readonly specialty_primary: string;
  readonly specialty_secondary: string;
  readonly language: string;
}

/** Answers that are kept in memory. */
const mostAnswers = 4_000_000;

const codesOf = (text: string) =>
  text
    .split("|")
    .map((code) => code.trim())
    .filter((code) => code !== "");

/**
 * Answers of the runs of a place as right or wrong: a question is right from a mean score of `rightFrom` over its variants on. Questions
 * without any score are left out. An answer that was not scored (missing, refused, unreadable) is unknown here, although it may count
 * as wrong in the scores.
 *
 * @throws InputError if there are too many answers at once
 */
export async function readPlace(
  engine: Engine,
  runs: readonly AuditedRun[],
  {
    versions,
    files,
    dataset,
    rightFrom,
  }: {
    readonly versions: Versions;
    readonly files: readonly FileConstants[];
    readonly dataset: string | undefined;
    readonly rightFrom: number;
  },
): Promise<PlaceAnswers> {
  const first = runs[0] as AuditedRun;
  const place = await preparePlace(engine, first, versions);
  const { benchmark, pool, track } = first;
  const where = { benchmark, pool, track };
  const rows = await engine.rows<QuestionRow>(readQuery(new URL("questions.sql", import.meta.url)), where);
  const all = rows.filter((question) => dataset === undefined || question.dataset === dataset);
  if (all.length * runs.length > mostAnswers) {
    throw new InputError(
      `audit-items: pool ${pool}, track ${track}: ${all.length} questions and ${runs.length} systems are more than ${mostAnswers} answers`,
      { hint: "Audit one dataset at a time: --dataset NAME" },
    );
  }
  await groupScores(engine, place, runs, { files });
  const marks = runs.map(() => new Map<number, number>());
  for (const { run_no, unit, score } of await engine.rows<{ run_no: number; unit: number; score: number }>(
    `SELECT run_no, unit, avg(mean_1e9) / 1e9 AS score FROM task_units
     WHERE $dataset IS NULL OR dataset = $dataset
     GROUP BY run_no, unit HAVING sum(n_policy) < sum(n)`,
    { dataset: dataset ?? null },
  )) {
    marks[run_no]?.set(unit, score);
  }
  const scored = all.filter(({ group_no }) => marks.some((own) => own.has(group_no)));
  return {
    questions: scored.map(({ dataset, group_id, specialty_primary, specialty_secondary, language }) => ({
      ...{ dataset, group_id, language },
      specialties: [...codesOf(specialty_primary), ...codesOf(specialty_secondary)],
    })),
    matrix: marks.map((own) =>
      scored.map(({ group_no }): Answer => {
        const score = own.get(group_no);
        // Scores are whole billionths: half of them must not be lost to rounding.
        return score === undefined ? null : score >= rightFrom - 1e-9 ? 1 : 0;
      }),
    ),
  };
}
