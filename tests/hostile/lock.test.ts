import { test } from "vitest";
import { expectNoOverlaps, expectNoOverlapsAfterKills } from "./lock-rivals.js";

test("4 processes that take one lock 150 times each never have it at the same time", () =>
  expectNoOverlaps({ processes: 4, holds: 150, staleShare: 0 }));

test("4 processes that take over a stale lock 150 times each never have it at the same time", () =>
  expectNoOverlaps({ processes: 4, holds: 150, staleShare: 1 }));

test("a lock whose holders are killed at 6 random moments changes hands and is never held twice", () =>
  expectNoOverlapsAfterKills(4, 6));
