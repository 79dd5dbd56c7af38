import { describe, expect, it } from "vitest";
import { designWeight } from "../../../src/lib/calibration/index.js";
import { InputError } from "../../../src/lib/errors.js";

describe("designWeight", () => {
  const stratum = { judged: 40, rated: 10 };

  it("is the inverse of the stated probability, whatever the stratum's share", () => {
    expect(designWeight({ isRated: true, inclusion: 0.125 }, stratum)).toBe(8);
  });

  it("lets the rated answers of a stratum count for all of it where no probability is stated", () => {
    // 10 rated answers of 40: each counts for 4, together for 40.
    const weight = designWeight({ isRated: true, inclusion: null }, stratum);
    expect(weight * stratum.rated).toBe(stratum.judged);
  });

  it("is 1 for an answer without a rating, even with a stated probability", () => {
    expect(designWeight({ isRated: false, inclusion: 0.125 }, stratum)).toBe(1);
  });

  it.each([
    ["a probability of 0", 0, stratum],
    ["a probability above 1", 1.5, stratum],
    ["no probability in a stratum that nothing was rated in", null, { judged: 40, rated: 0 }],
    ["an empty stratum", null, { judged: 0, rated: 0 }],
  ])("refuses %s for a rated answer", (_, inclusion, of) => {
    expect(() => designWeight({ isRated: true, inclusion }, of)).toThrow(InputError);
  });
});
