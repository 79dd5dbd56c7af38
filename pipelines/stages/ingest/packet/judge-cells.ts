import {
  type RatingScale,
  type ReadRating,
  readRating,
} from "../../../../src/lib/calibration/read-rating.js";
import type { QuarantineReason } from "../../../../src/lib/records/tables.js";
import { cellName, type GivenCell, quoted } from "./given-cell.js";
import { finder, type KeyRow, type PacketKey } from "./key-file.js";
import { latest, type RatedAt, readRatedAt } from "./rated-at.js";
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

interface Candidate extends Rating {
  readonly time: RatedAt | null;
  /** Why the cell is no rating; null if it is. */
  readonly problem: readonly [QuarantineReason, string] | null;
}

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
    const about = `${cellName(cell.criterion, cell.code)}${cell.column === null ? "" : ` (column ${cell.column})`}`;
    const found = {
      key: key.find(cell.code),
      rater: findRater(cell.rater),
      criterion: findCriterion(cell.criterion),
    };
    const given = `found ${cell.raw === null ? "no value" : quoted(cell.raw)}`;
    if (found.key === null) {
      const detail = `${about}: no answer of packet ${quoted(id)} has this code; codes are written like ${key.example} (${given})`;
      refused.push({ cell, reason: "unknown_item", detail });
    } else if (found.rater === null) {
      const known = raters === null ? "such as rater-01" : raters.join(", ");
      const detail = `${about}: ${quoted(cell.rater)} is no rater of the packet; its raters are ${known} (${given})`;
      refused.push({ cell, reason: "wrong_value", detail });
    } else if (found.criterion === null) {
      const detail = `${about}: the packet has no such criterion; it has ${criteria?.join(", ")} (${given})`;
      refused.push({ cell, reason: "wrong_value", detail });
    } else {
      const candidate = readCell(cell, found as Pick<Rating, "key" | "rater" | "criterion">, scale, about);
      const place = JSON.stringify([candidate.key.code, candidate.rater, candidate.criterion]);
      places.set(place, [...(places.get(place) ?? []), candidate]);
    }
  }
  const ratings: Rating[] = [];
  for (const candidates of places.values()) {
    const decided = decide(candidates, scale);
    ratings.push(...decided.ratings);
    refused.push(...decided.refused);
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
  about: string,
): Candidate {
  const time = cell.ratedAt === null ? null : readRatedAt(cell.ratedAt);
  const read: ReadRating = cell.raw === null ? { kind: "cannot-rate" } : readRating(cell.raw, scale);
  const value = read.kind === "grade" ? read.value : null;
  let problem: Candidate["problem"] = null;
  if (time !== null && Number.isNaN(time.ms)) {
    const detail = `${about}: rated_at is ${quoted(cell.ratedAt ?? "")}; expected a time such as 2026-03-01T09:30:00Z`;
    problem = ["wrong_type", detail];
  } else if (read.kind === "unreadable" || read.kind === "blank") {
    const isNumber = read.kind === "unreadable" && read.problem.startsWith("off-");
    problem = [
      isNumber ? "wrong_value" : "wrong_type",
      `${about}: found ${quoted(cell.raw ?? "")}; ${expectedGrade(scale)}`,
    ];
  }
  return { ...place, cell, value, time: time !== null && Number.isNaN(time.ms) ? null : time, problem };
}

/** What would be right in a cell. */
export function expectedGrade({ min, max, step }: RatingScale): string {
  return `expected ${step === 1 ? "a whole number" : "a number"} from ${min} to ${max}, or "cannot rate"`;
}

function decide(candidates: readonly Candidate[], scale: RatingScale): JudgedCells {
  const [only] = candidates;
  const last = candidates.length === 1 ? 0 : latest(candidates.map(({ time }) => time));
  const areEqual = candidates.every(({ value, problem }) => problem === null && value === only?.value);
  const kept = candidates[last ?? (areEqual ? 0 : -1)];
  const ratings = kept === undefined || kept.problem !== null ? [] : [kept];
  const refused = candidates
    .filter((candidate) => candidate !== ratings[0])
    .map((candidate): RefusedCell => {
      const { cell, problem } = candidate;
      if (problem !== null) return { cell, reason: problem[0], detail: problem[1] };
      const others = candidates.filter((other) => other !== candidate);
      return { cell, reason: "duplicate_item", detail: whyNotKept(candidate, kept ?? null, others, scale) };
    });
  return { ratings, refused };
}

function whyNotKept(
  { cell, value }: Candidate,
  kept: Candidate | null,
  others: readonly Candidate[],
  scale: RatingScale,
): string {
  const about = `${cellName(cell.criterion, cell.code)}: ${cell.raw === null ? "no value" : quoted(cell.raw)}`;
  const place = (candidate: Candidate): string => `${candidate.cell.file} line ${candidate.cell.span.line}`;
  if (kept === null) {
    return `${about} and another rating of the same cell (${others.map(place).slice(0, 3).join(", ")}), and which one is the last is not known; return one of them`;
  }
  if (kept.problem !== null)
    return `${about} was replaced by a later entry that cannot be read (${place(kept)}); ${expectedGrade(scale)}`;
  const isSame = kept.value === value;
  return `${about} was given ${isSame ? "again" : "before"}; the ${kept.time === null ? "first of the equal ratings" : "later rating"} counts (${place(kept)})`;
}
