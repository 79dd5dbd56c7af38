import { test } from "vitest";
import { expectNoOverlaps, expectNoOverlapsAfterKills } from "./lock-rivals.js";

test("8 processes that take one lock 5,000 times each never have it at the same time", () =>
  expectNoOverlaps({ processes: 8, holds: 5000, staleShare: 0 }));

test("8 processes that leave every second lock stale, 5,000 times each, never have it at the same time", () =>
  expectNoOverlaps({ processes: 8, holds: 5000, staleShare: 0.5 }));

test("a lock whose holders are killed at 200 random moments changes hands and is never held twice", () =>
  expectNoOverlapsAfterKills(8, 200));
