import { describe, expect, it } from "vitest";
import { outcomePolicies } from "../../../src/lib/catalogue/outcome-policy.js";
import { catalogueSchema } from "../../../src/lib/catalogue/schema.js";

const policies = catalogueSchema.shape.outcomePolicy;

describe("outcomePolicies", () => {
  it("counts a contradiction as wrong in a catalogue that was written before there was a policy for it", () => {
    const outcomePolicy = policies.parse({ upload: { refused: "left out" }, api: {} });
    expect(outcomePolicies({ outcomePolicy }, "upload")).toEqual({ refused: "left out", conflict: "wrong" });
  });

  it("takes the catalogue's own policy, which may be the letter for contradictions", () => {
    const outcomePolicy = policies.parse({ upload: {}, api: { conflict: "letter" } });
    expect(outcomePolicies({ outcomePolicy }, "api").conflict).toBe("letter");
    expect(outcomePolicies({ outcomePolicy }, "upload").conflict).toBe("wrong");
  });

  it("refuses the policy letter for any other outcome, and unknown policies for contradictions", () => {
    expect(policies.safeParse({ upload: { unparsed: "letter" }, api: {} }).success).toBe(false);
    expect(policies.safeParse({ upload: { conflict: "text" }, api: {} }).success).toBe(false);
  });
});
