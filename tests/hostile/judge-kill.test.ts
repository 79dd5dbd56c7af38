import { test } from "vitest";
import { checkKilledJudges } from "./judge-kill.js";

test("kill -9 at 3 random moments loses no answered request and pays for none twice", () =>
  checkKilledJudges(3));
