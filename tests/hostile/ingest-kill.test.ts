import { test } from "vitest";
import { checkKilledIngests } from "./ingest-kill.js";

test("an ingest that is killed at 3 random moments leaves the old version or the new one, and a rerun completes", () =>
  checkKilledIngests(3));
