import { describe, expect, it } from "vitest";
import { outcomePolicies } from "../../../src/lib/catalogue/outcome-policy.js";
import { catalogueSchema } from "../../../src/lib/catalogue/schema.js";

const policies = catalogueSchema.shape.outcomePolicy;
const stated = {
  ...{ refused: "wrong", empty: "wrong", unparsed: "wrong", truncated: "wrong", errored: "left out" },
  ...{ missing: "wrong", judge_failed: "left out", awaiting_gold: "pending", awaiting_judgment: "pending" },
  excluded: "left out",
} as const;

describe("outcomePolicies", () => {
  it("counts a contradiction as wrong in a catalogue that was written before there was a policy for it", () => {
    const outcomePolicy = policies.parse({ upload: { ...stated, refused: "left out" }, api: stated });
    expect(outcomePolicies({ outcomePolicy }, "upload")).toEqual({
      ...stated,
      refused: "left out",
      conflict: "wrong",
    });
  });

  it("takes the catalogue's own policy, which may be the letter for contradictions", () => {
    const outcomePolicy = policies.parse({ upload: stated, api: { ...stated, conflict: "letter" } });
    expect(outcomePolicies({ outcomePolicy }, "api").conflict).toBe("letter");
    expect(outcomePolicies({ outcomePolicy }, "upload").conflict).toBe("wrong");
  });

  it.each(Object.keys(stated))("needs a policy for %s", (outcome) => {
    const { [outcome as keyof typeof stated]: _, ...others } = stated;
    expect(policies.safeParse({ upload: stated, api: others }).success).toBe(false);
    expect(policies.safeParse({ upload: stated, api: stated }).success).toBe(true);
  });

  it("refuses the policy letter for any other outcome, and unknown policies for contradictions", () => {
    expect(policies.safeParse({ upload: { ...stated, unparsed: "letter" }, api: stated }).success).toBe(
      false,
    );
    expect(policies.safeParse({ upload: { ...stated, conflict: "text" }, api: stated }).success).toBe(false);
  });
});
