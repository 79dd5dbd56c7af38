import {
  type RatingScale,
  type ReadRating,
  readRating,
} from "../../../../src/lib/calibration/read-rating.js";
import type { QuarantineReason } from "../../../../src/lib/records/tables.js";
import { decideRatings, expectedGrade, type Problem, type RepeatedRating } from "../ratings/one-rating.js";
import { type RatedAt, readRatedAt } from "../ratings/rated-at.js";
import { cellName, type GivenCell, quoted } from "./given-cell.js";
import { finder, type KeyRow, type PacketKey } from "./key-file.js";
import type { PacketTask } from "./task.js";

/** A cell of a returned file, with the file's name in the source. */
export interface FiledCell extends GivenCell {
  readonly file: string;
}

/** A rating that enters the table. */
export interface Rating {
  readonly cell: FiledCell;
  readonly key: KeyRow;
  readonly rater: string;
  readonly criterion: string;
  /** Null = the rater could not rate. */
  readonly value: number | null;
}

export interface RefusedCell {
  readonly cell: FiledCell;
  readonly reason: QuarantineReason;
  readonly detail: string;
}

/** Every cell is a rating or refused. */
export interface JudgedCells {
  readonly ratings: readonly Rating[];
  readonly refused: readonly RefusedCell[];
}

interface Candidate extends Rating, RepeatedRating {}

/**
 * Decides for every filled cell what it is. Of several grades of one rater for one criterion of one answer, the last one by
 * time counts; without times they count only if they are equal. The others are refused, and all of them where the last
 * one cannot be read.
 */
export function judgeCells(
  cells: readonly FiledCell[],
  key: PacketKey,
  { id, scale, criteria, raters }: PacketTask["packet"],
): JudgedCells {
  const refused: RefusedCell[] = [];
  const places = new Map<string, Candidate[]>();
  const findCriterion = criteria === null ? (name: string) => name : finder(criteria, (name) => name);
  const findRater = raters === null ? earlierRater : finder(raters, (name) => name);
  for (const cell of cells) {
    const about = aboutCell(cell);
    const given = found(cell);
    const place = {
      key: key.find(cell.code),
      rater: findRater(cell.rater),
      criterion: findCriterion(cell.criterion),
    };
    if (place.key === null) {
      const detail = `${about}: no answer of packet ${quoted(id)} has this code; codes are written like ${key.example} (${given})`;
      refused.push({ cell, reason: "unknown_item", detail });
    } else if (place.rater === null) {
      const known = raters === null ? "called rater-01, rater-02 ..." : raters.join(", ");
      const detail = `${about}: ${quoted(cell.rater)} is no rater of the packet; its raters are ${known} (${given})`;
      refused.push({ cell, reason: "wrong_value", detail });
    } else if (place.criterion === null) {
      const detail = `${about}: the packet has no such criterion; it has ${criteria?.join(", ")} (${given})`;
      refused.push({ cell, reason: "wrong_value", detail });
    } else {
      const candidate = readCell(cell, place as Pick<Rating, "key" | "rater" | "criterion">, scale);
      const name = JSON.stringify([candidate.key.code, candidate.rater, candidate.criterion]);
      places.set(name, [...(places.get(name) ?? []), candidate]);
    }
  }
  const ratings: Rating[] = [];
  for (const candidates of places.values()) {
    for (const [index, problem] of decideRatings(candidates, scale).entries()) {
      const candidate = candidates[index] as Candidate;
      const { cell } = candidate;
      if (problem === null) ratings.push(candidate);
      else if (problem === candidate.problem) refused.push({ cell, reason: problem[0], detail: problem[1] });
      else
        refused.push({
          cell,
          reason: problem[0],
          detail: `${aboutCell(cell)}: ${found(cell)}; ${problem[1]}`,
        });
    }
  }
  return { ratings, refused };
}

/** Earlier versions named raters rater-01, rater-02 ..., and their packets do not list them. */
function earlierRater(written: string): string | null {
  const plain = written.trim().toLowerCase();
  return /^rater-\d{2,}$/.test(plain) ? plain : null;
}

function readCell(
  cell: FiledCell,
  place: Pick<Rating, "key" | "rater" | "criterion">,
  scale: RatingScale,
): Candidate {
  const time = cell.ratedAt === null ? null : readRatedAt(cell.ratedAt);
  const read: ReadRating = cell.raw === null ? { kind: "cannot-rate" } : readRating(cell.raw, scale);
  const value = read.kind === "grade" ? read.value : null;
  const where = `${cell.file} line ${cell.span.line}`;
  return { ...place, cell, value, time, problem: problemOf(cell, time, read, scale), place: where };
}

function problemOf(
  cell: FiledCell,
  time: RatedAt | null,
  read: ReadRating,
  scale: RatingScale,
): Problem | null {
  const about = aboutCell(cell);
  if (time !== null && Number.isNaN(time.ms)) {
    const given = quoted(cell.ratedAt ?? "");
    return ["wrong_type", `${about}: rated_at is ${given}; expected a time such as 2026-03-01T09:30:00Z`];
  }
  if (read.kind !== "unreadable" && read.kind !== "blank") return null;
  const isNumber = read.kind === "unreadable" && read.problem.startsWith("off-");
  return [isNumber ? "wrong_value" : "wrong_type", `${about}: ${found(cell)}; ${expectedGrade(scale)}`];
}

function aboutCell({ criterion, code, column }: FiledCell): string {
  return `${cellName(criterion, code)}${column === null ? "" : ` (column ${column})`}`;
}

function found({ raw }: FiledCell): string {
  return `found ${raw === null ? "no value" : quoted(raw)}`;
}
