import { createHash } from "node:crypto";
import { type Candidate, drawSample } from "../../../src/lib/calibration/draw-sample.js";
import { InputError } from "../../../src/lib/errors.js";
import { loadRubric } from "../../judging/rubrics.js";
import { type Engine, withEngine } from "../../warehouse/engine.js";
import { defineVerdictKind } from "../../warehouse/verdict-kind.js";
import { currentVersion } from "../../warehouse/versioned-folder.js";
import { attachTables } from "../../warehouse/views.js";
import { workspacePaths } from "../../warehouse/workspace.js";
import { type Packet, type PacketItem, writePacket } from "./packet-files.js";
import { type PlanRow, ratingPlan } from "./rating-plan.js";

export interface RatingPacketOptions {
  readonly workspace: string;
  readonly out: string;
  /** Name of the rating round; part of every rating. */
  readonly packet: string;
  readonly size: number;
  readonly seed: number;
  readonly raters: number;
  readonly overlap: number;
  /** Built-in rubric or path of a rubric file. */
  readonly rubric: string;
}

export interface PacketOutcome {
  readonly packet: string;
  readonly answers: number;
  readonly ratings: number;
  readonly strata: number;
  readonly files: readonly string[];
}

interface Judged
  extends Candidate,
    Omit<PacketItem, "code" | "stratum" | "inclusion_probability" | "raters"> {
  readonly [column: string]: unknown;
}

/** Draws answers for physicians to rate and writes the packet to send to them. */
export async function makeRatingPacket(options: RatingPacketOptions): Promise<PacketOutcome> {
  const rubric = loadRubric(options.rubric);
  if (rubric.kind !== "scale") {
    throw new InputError(`rating-packet: rubric ${options.rubric} has no criteria on a scale`, {
      hint: "Physicians rate on a scale: use clinical-5, or a rubric file of kind `scale`.",
    });
  }
  if (options.packet.trim() === "") {
    throw new InputError("rating-packet: the name of the packet is blank", {
      hint: "Give the rating round a name of its own, such as --packet round-2.",
    });
  }
  return withWarehouse(options.workspace, async (engine) => {
    const known = await recordedCriteria(engine);
    const candidates = await judgedAnswers(engine);
    const raters = Array.from(
      { length: options.raters },
      (_, i) => `rater-${String(i + 1).padStart(2, "0")}`,
    );
    const drawn = drawSample(candidates, { ...options, raters });
    const items = drawn.map(({ candidate, stratum, inclusion, raters: own }, i): PacketItem => {
      const { response: _response, specialty: _specialty, judgeScore: _score, ...place } = candidate;
      return {
        ...place,
        code: codeOf(options.packet, i + 1, candidate.response),
        stratum,
        inclusion_probability: inclusion,
        raters: own,
      };
    });
    const packet: Packet = {
      id: options.packet,
      benchmark: candidates[0]?.benchmark ?? "",
      // The name of a criterion in the verdicts, if it differs from the rubric's.
      rubric: {
        ...rubric,
        criteria: rubric.criteria.map((criterion) => ({
          ...criterion,
          id: known.has(criterion.id)
            ? criterion.id
            : (criterion.aliases.find((alias) => known.has(alias)) ?? criterion.id),
        })),
      },
      raters,
      items,
      seed: options.seed,
    };
    return {
      packet: options.packet,
      answers: items.length,
      ratings: items.reduce((total, item) => total + item.raters.length, 0),
      strata: new Set(items.map(({ stratum }) => stratum)).size,
      files: await writePacket(options.out, packet),
    };
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
export function planRatings(
  workspace: string,
  options: { readonly criterion: string; readonly kappa: number; readonly halfWidth: number },
): Promise<PlanRow[]> {
  return withWarehouse(workspace, (engine) => ratingPlan(engine, options));
}

async function withWarehouse<T>(workspace: string, work: (engine: Engine) => Promise<T>): Promise<T> {
  const version = await currentVersion(workspacePaths(workspace).warehouse);
  if (version === null) {
    throw new InputError(`${workspace}: there is no warehouse yet`, { hint: "Run `medbench ingest` first." });
  }
  return withEngine(
    async (engine) => {
      await attachTables(engine, version);
      await defineVerdictKind(engine);
      return work(engine);
    },
    { workspace },
  );
}

async function recordedCriteria(engine: Engine): Promise<Set<string>> {
  const rows = await engine.table("judgments", ["criterion"], { distinct: true, orderBy: ["criterion"] });
  return new Set(rows.map(({ criterion }) => criterion));
}

/** Answers with a verdict, a text and a question, and no rating yet. */
const judgedAnswers = (engine: Engine) =>
  engine.rows<Judged>(`
    WITH graded AS (
      SELECT benchmark, run_id, dataset, pool, item_id, variant, condition, repeat, avg(value / scale_max) AS score
      FROM judgments
      WHERE judge_repeat = 1 AND status = 'ok' AND verdict_kind(criterion) <> 'key_point' AND scale_max > 0
      GROUP BY ALL
    )
    SELECT g.run_id, g.benchmark, g.dataset, g.pool, g.item_id, g.variant, g.condition, g.repeat,
           concat_ws(chr(31), g.run_id, g.dataset, g.pool, g.item_id, g.variant, g.condition, g.repeat) AS response,
           coalesce(i.specialty_primary, '') AS specialty, g.score AS "judgeScore", p.question, a.raw AS answer
    FROM graded AS g
    JOIN items AS i USING (benchmark, dataset, pool, item_id, variant)
    JOIN items_private AS p USING (benchmark, dataset, pool, item_id, variant)
    JOIN responses AS a USING (benchmark, run_id, dataset, pool, item_id, variant, condition, repeat)
    WHERE p.question IS NOT NULL AND a.raw IS NOT NULL
      AND NOT EXISTS (
        SELECT 1 FROM ratings AS r
        WHERE (r.benchmark, r.run_id, r.dataset, r.pool, r.item_id, r.variant, r.condition, r.repeat)
            = (g.benchmark, g.run_id, g.dataset, g.pool, g.item_id, g.variant, g.condition, g.repeat)
      )
    ORDER BY response`);
