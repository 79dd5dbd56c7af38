import { test } from "vitest";
import { checkKilledIngests } from "./ingest-kill.js";
import { checkKilledJudges } from "./judge-kill.js";

test("an ingest that is killed at 20 random moments leaves the old version or the new one, and a rerun completes", () =>
  checkKilledIngests(20));

test("kill -9 at 20 random moments loses no answered request and pays for none twice", () =>
  checkKilledJudges(20));
