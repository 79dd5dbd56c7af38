import { describe, expect, test } from "vitest";
import {
  type JudgeCandidate,
  type JudgeWishes,
  judgesOfRecord,
} from "../../../src/lib/publication/judge-of-record.js";

const nothing: JudgeWishes = { flag: null, pinned: null, cycles: [], before: [] };
const place = { benchmark: "b", pool: "p" };

function candidate(judge: string, more: Partial<JudgeCandidate> = {}): JudgeCandidate {
  return { ...place, judge, nAnswers: 10, isIngested: false, firstAsked: null, ...more };
}

const chosen = (candidates: readonly JudgeCandidate[], wishes: Partial<JudgeWishes> = {}) =>
  judgesOfRecord(candidates, { ...nothing, ...wishes }).map(({ judge, because }) => `${judge} ${because}`);

describe("the judge of record", () => {
  test("is never a stub or a replay while a model has verdicts, however few", () => {
    const model = candidate("zeta", { nAnswers: 1 });
    const others = [candidate("stub", { nAnswers: 999 }), candidate("stub:zeta"), candidate("replay:zeta")];
    expect(chosen([...others, model])).toEqual(["zeta first"]);
    expect(chosen(others)).toEqual(["replay:zeta first"]);
    expect(chosen(others.slice(0, 2))).toEqual(["stub first"]);
  });

  test("is the judge of a source before one that was asked here, and of those the one asked first", () => {
    const ingested = candidate("z", { isIngested: true, nAnswers: 2 });
    const early = candidate("y", { firstAsked: "2026-03-01T00:00:00.000Z" });
    const late = candidate("a", { firstAsked: "2026-03-02T00:00:00.000Z", nAnswers: 99 });
    const unknown = candidate("b", { nAnswers: 500 });
    expect(chosen([late, early, unknown, ingested])).toEqual(["z first"]);
    expect(chosen([unknown, late, early])).toEqual(["y first"]);
  });

  test("follows --judge, then the pin, then the cycle, then the last run", () => {
    const candidates = ["a", "b", "c", "d", "e"].map((judge) => candidate(judge));
    const before = [{ ...place, judge: "d", kind: "model", because: "first" } as const];
    const cycles = [{ ...place, judge: "c" }];
    expect(chosen(candidates, { flag: "a", pinned: "b", cycles, before })).toEqual(["a flag"]);
    expect(chosen(candidates, { pinned: "b", cycles, before })).toEqual(["b pin"]);
    expect(chosen(candidates, { cycles, before })).toEqual(["c cycle"]);
    expect(chosen(candidates, { before })).toEqual(["d first"]);
    expect(chosen(candidates)).toEqual(["a first"]);
  });

  test("stays when another judge gets more verdicts, and goes with its own verdicts", () => {
    const before = [{ ...place, judge: "b", kind: "model", because: "first" } as const];
    const other = candidate("a", { nAnswers: 1000 });
    expect(chosen([other, candidate("b", { nAnswers: 1 })], { before })).toEqual(["b first"]);
    expect(chosen([other], { before })).toEqual(["a first"]);
  });

  test("gives way from a stub to a model, unless somebody named the stub", () => {
    const candidates = [candidate("stub"), candidate("a")];
    const last = (because: "first" | "flag" | "pin") => [
      { ...place, judge: "stub", kind: "stub", because } as const,
    ];
    expect(chosen(candidates, { before: last("first") })).toEqual(["a first"]);
    expect(chosen(candidates, { before: last("pin") })).toEqual(["a first"]);
    expect(chosen(candidates, { before: last("flag") })).toEqual(["stub flag"]);
  });

  test("is chosen for each pool; a cycle's judge holds for other pools only if all cycles agree", () => {
    const candidates = [candidate("a"), candidate("a", { pool: "q" }), candidate("b", { pool: "r" })];
    const one = [{ ...place, judge: "c" }];
    expect(chosen(candidates, { cycles: one })).toEqual(["c cycle", "c cycle", "c cycle"]);
    const two = [...one, { benchmark: "b", pool: "q", judge: "d" }];
    expect(chosen(candidates, { cycles: two })).toEqual(["c cycle", "d cycle", "b first"]);
  });

  test("does not change when the choice of a run is the last choice of the next", () => {
    const candidates = [candidate("a"), candidate("stub"), candidate("b", { isIngested: true })];
    const first = judgesOfRecord(candidates, nothing);
    expect(judgesOfRecord(candidates, { ...nothing, before: first })).toEqual(first);
  });
});
