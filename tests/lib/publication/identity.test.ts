import { describe, expect, it } from "vitest";
import {
  checkComparable,
  type Identity,
  identityDifferences,
} from "../../../src/lib/publication/identity.js";

const identity: Identity = {
  benchmark: "medbench-v4",
  track: "llm",
  pool: "upload-2026-03",
  board: "upload",
  dataset: "MedExam",
  metricVersion: "2025-11:Accuracy",
  judge: null,
  judgePrompt: null,
  goldVersion: "0123456789abcdef",
  settings: '{"temperature":0.7}',
};

describe("checkComparable", () => {
  it("accepts equal identities", () => {
    expect(() => checkComparable(identity, { ...identity })).not.toThrow();
  });

  it.each(Object.keys(identity) as (keyof Identity)[])(
    "throws for scores that differ in %s, naming the field",
    (field) => {
      const other = { ...identity, [field]: "something else" };
      expect(identityDifferences(identity, other)).toEqual([field]);
      expect(() => checkComparable(identity, other)).toThrow(
        /cannot be compared: they differ in .*"something else"/,
      );
      expect(() => checkComparable(identity, other, [field])).not.toThrow();
    },
  );
});
