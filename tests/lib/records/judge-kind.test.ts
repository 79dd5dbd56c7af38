import { expect, test } from "vitest";
import { judgeKind, replayName, stubName } from "../../../src/lib/records/judge-kind.js";

test("stubs and replays are known by their names, and names that only look like them are models", () => {
  const kinds = [
    "stub",
    "stub:x",
    "STUB:x",
    "replay:x",
    "Qwen",
    "stubborn",
    "my-stub",
    "replay",
    "x:stub",
  ].map(judgeKind);
  expect(kinds).toEqual(["stub", "stub", "stub", "replay", "model", "model", "model", "model", "model"]);
});

test("naming a stub twice changes nothing, and a replay of a stub is a replay", () => {
  expect(stubName("stub")).toBe("stub");
  expect(stubName(stubName("Qwen"))).toBe("stub:Qwen");
  expect(judgeKind(replayName("stub"))).toBe("replay");
});
