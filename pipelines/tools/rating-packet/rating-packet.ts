import { createHash } from "node:crypto";
import { drawSample, type StratifiedBy, strataOf } from "../../../src/lib/calibration/draw-sample.js";
import type { Rubric } from "../../../src/lib/catalogue/rubric.js";
import { InputError } from "../../../src/lib/errors.js";
import { materialOf } from "../../judging/material.js";
import type { PlanOptions } from "../../judging/plan.js";
import { loadRubric } from "../../judging/rubrics.js";
import { rubricsFor } from "../../stages/judge/dataset-rubrics.js";
import { shellWord } from "../../terminal/command-line.js";
import { hasCatalogue } from "../../warehouse/catalogue.js";
import { type Engine, withEngine } from "../../warehouse/engine.js";
import { defineVerdictKind } from "../../warehouse/verdict-kind.js";
import { currentVersion, type Version } from "../../warehouse/versioned-folder.js";
import { attachTables } from "../../warehouse/views.js";
import { workspacePaths } from "../../warehouse/workspace.js";
import { type AnswerFilters, textsOf, unratedAnswers } from "./answers-to-rate.js";
import { type PacketItem, writePacket } from "./packet-files.js";
import { type Raters, ratersOf } from "./raters.js";
import type { ScaleRubric } from "./rating-form.js";
import { type RatingPlan, type RatingPlanOptions, ratingPlan } from "./rating-plan.js";

export interface RatingPacketOptions extends AnswerFilters {
  readonly workspace: string;
  readonly out: string;
  /** Name of the rating round; part of every rating. */
  readonly packet: string;
  readonly size: number;
  readonly seed: number;
  readonly raters: Raters;
  /** Share of the answers that two raters rate. Default: a half, or none with one rater. */
  readonly overlap?: number;
  /** Built-in rubric or path of a rubric file. */
  readonly rubric: string;
}

export interface PacketOutcome {
  readonly packet: string;
  readonly answers: number;
  /** Answers with a second rater count twice. */
  readonly ratings: number;
  readonly raters: readonly string[];
  readonly strata: number;
  readonly stratified_by: StratifiedBy;
  /** What the one who makes the packet should know. */
  readonly notes: readonly string[];
  readonly files: readonly string[];
}

/** Draws answers for physicians to rate and writes the packet to send to them. */
export async function makeRatingPacket(options: RatingPacketOptions): Promise<PacketOutcome> {
  const { packet, size, seed } = options;
  const rubric = scaleRubric(options.rubric);
  if (packet.trim() === "") {
    throw new InputError("rating-packet: the name of the packet is blank", {
      hint: "Give the rating round a name of its own, such as --packet round-2.",
    });
  }
  return withWarehouse(options.workspace, async (engine, version) => {
    await requireNewName(engine, packet);
    const { answers, leftOut } = await unratedAnswers(engine, await knownRubrics(engine, version), options);
    const draw = JSON.stringify([
      seed,
      size,
      options.overlap ?? null,
      answers.map(({ response }) => response),
    ]);
    const raters = ratersOf(packet, options.raters, draw);
    const overlap = options.overlap ?? (raters.length > 1 ? 0.5 : 0);
    const drawn = drawSample(answers, { size, seed, raters, overlap });
    const texts = await textsOf(
      engine,
      drawn.map(({ candidate }) => candidate),
    );
    const items = drawn.map(({ candidate, stratum, inclusion, raters: own }, i): PacketItem => {
      const { response, specialty: _specialty, judgeScore: _score, part: _part, ...key } = candidate;
      const row = texts.get(response);
      const material = row && materialOf(rubric, row);
      if (!material) throw new Error(`no text for ${response}`);
      return {
        ...key,
        code: codeOf(packet, i + 1, response),
        question: material.question,
        reference: material.reference ?? null,
        answer: material.answer,
        stratum,
        inclusion_probability: inclusion,
        raters: own,
      };
    });
    const { by, strata, finest } = strataOf(answers, size);
    return {
      packet,
      answers: items.length,
      ratings: items.reduce((total, item) => total + item.raters.length, 0),
      raters,
      strata: strata.size,
      stratified_by: by,
      notes: [
        ...(items.length < size
          ? [
              `${size} answers were asked for, and only ${items.length} can be drawn: the others have a rating, no verdict or no text`,
            ]
          : []),
        ...(by.length < 2
          ? [
              `strata are formed by ${by[0] ?? "nothing"}: ${size} answers are too few for each of the ${finest} combinations of specialty and grade`,
            ]
          : []),
        ...(leftOut.size > 0 ? [ungradedNote(leftOut)] : []),
        ...(await knownRaters(engine, raters)),
      ],
      files: await writePacket(options.out, {
        id: packet,
        rubric: { ...rubric, criteria: await asInVerdicts(engine, rubric) },
        raters,
        items,
        seed,
      }),
    };
  });
}

function ungradedNote(leftOut: ReadonlyMap<string, number>): string {
  const total = [...leftOut.values()].reduce((sum, n) => sum + n, 0);
  const most = [...leftOut].sort(([, a], [, b]) => b - a).slice(0, 3);
  const where = most.map(([dataset, n]) => `${dataset}: ${n}`).join(", ");
  return `${total} answers have no verdict and were not drawn from (${where}${leftOut.size > 3 ? " ..." : ""}); --ungraded draws from them too`;
}

/** People can rate the answers of a benchmark without a catalogue; then nothing says which datasets need a judge. */
async function knownRubrics(engine: Engine, version: Version): Promise<PlanOptions["rubricsFor"]> {
  const rows = await engine.table("responses", ["benchmark"], { distinct: true, orderBy: ["benchmark"] });
  const known = await Promise.all(rows.map(({ benchmark }) => hasCatalogue(version, benchmark)));
  return known.every(Boolean) ? rubricsFor(version, undefined) : () => [];
}

function scaleRubric(id: string): ScaleRubric {
  const rubric: Rubric = loadRubric(id);
  if (rubric.kind === "scale") return rubric;
  throw new InputError(`rating-packet: rubric ${id} has no criteria on a scale`, {
    hint: "Physicians rate on a scale: use clinical-5, or a rubric file of kind `scale`.",
  });
}

/** Two rounds of one name would be one in every table. */
async function requireNewName(engine: Engine, packet: string): Promise<void> {
  const batches = await engine.table("ratings", ["batch"], { distinct: true, orderBy: ["batch"] });
  if (!batches.some(({ batch }) => batch === packet)) return;
  throw new InputError(
    `rating-packet: the workspace has ratings of a packet ${JSON.stringify(packet)} already`,
    {
      hint: `Give the new round another name, such as --packet ${nextRound(packet, batches)}.`,
    },
  );
}

/** The first name after `round` that is free: `round-2` after `round-1`, `pilot-2` after `pilot`. */
function nextRound(round: string, taken: readonly { readonly batch: string | null }[]): string {
  const [, stem = round, last = "1"] = /^(.*?)-(\d{1,6})$/.exec(round) ?? [];
  for (let number = Number(last) + 1; ; number += 1) {
    const name = `${stem}-${number}`;
    if (!taken.some(({ batch }) => batch === name)) return shellWord(name);
  }
}

/** The criteria with the names that they have in the verdicts, where these differ from the rubric's. */
async function asInVerdicts(engine: Engine, { criteria }: ScaleRubric): Promise<ScaleRubric["criteria"]> {
  const rows = await engine.table("judgments", ["criterion"], { distinct: true, orderBy: ["criterion"] });
  const known = new Set(rows.map(({ criterion }) => criterion));
  return criteria.map((criterion) => ({
    ...criterion,
    id: known.has(criterion.id)
      ? criterion.id
      : (criterion.aliases.find((alias) => known.has(alias)) ?? criterion.id),
  }));
}

/** The same name in two rounds is one person. */
async function knownRaters(engine: Engine, raters: readonly string[]): Promise<string[]> {
  const rows = await engine.table("ratings", ["rater", "batch"], {
    distinct: true,
    orderBy: ["rater", "batch"],
  });
  return raters.flatMap((rater) => {
    const rounds = rows
      .filter((row) => row.rater === rater)
      .map(({ batch }) => batch ?? "a source without a name");
    return rounds.length === 0
      ? []
      : [`${rater} has rated before (${rounds.join(", ")}): the ratings of both count as one person's`];
  });
}

/** Without letters and digits that look alike. */
const codeLetters = "abcdefghjkmnpqrstuvwxyz23456789"; // cspell:disable-line

/**
 * The code of an answer ends with three letters that depend on the answer: a mistyped code is no other answer's, and neither is the
 * code of another packet with the same name.
 */
function codeOf(packet: string, number: number, response: string): string {
  const hash = createHash("sha256")
    .update(JSON.stringify([packet, number, response]))
    .digest();
  const check = [...hash.subarray(0, 3)].map((byte) => codeLetters[byte % codeLetters.length]).join("");
  return `${packet}-${String(number).padStart(4, "0")}-${check}`;
}

/** See `ratingPlan`. */
export function planRatings(workspace: string, options: RatingPlanOptions): Promise<RatingPlan> {
  return withWarehouse(workspace, (engine) => ratingPlan(engine, options));
}

async function withWarehouse<T>(
  workspace: string,
  work: (engine: Engine, version: Version) => Promise<T>,
): Promise<T> {
  const version = await currentVersion(workspacePaths(workspace).warehouse);
  if (version === null) {
    throw new InputError(`${workspace}: there is no warehouse yet`, { hint: "Run `medbench ingest` first." });
  }
  return withEngine(
    async (engine) => {
      await attachTables(engine, version);
      await defineVerdictKind(engine);
      return work(engine, version);
    },
    { workspace },
  );
}
