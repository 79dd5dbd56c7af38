import { describe, expect, it } from "vitest";
import { csv, init } from "./workspace.js";

const rows = (name: string, ...scores: readonly (string | number)[]) => ({
  "s.csv": csv(
    ["system", "item", name],
    ...scores.map((score, at) => [at % 2 ? "a" : "b", `q${at >> 1}`, score]),
  ),
});
const columns = (first: readonly (string | number)[], second: readonly (string | number)[]) => ({
  "s.csv": csv(
    ["item", "gpt-4", "claude-3"],
    ...first.map((score, at) => [`q${at}`, score, second[at] ?? ""]),
  ),
});
const scaleOf = async (files: Parameters<typeof init>[0], stated: Readonly<Record<string, string>> = {}) => {
  const { plan } = await init(files, { stated: new Map(Object.entries(stated)) });
  return plan.datasets[0]?.why.replace("scores that the files give, on the scale ", "");
};

describe("the scale is stated with what it is based on:", () => {
  it.each([
    ["0 and 1", rows("score", 0, 1, 1, 0), "0 or 1, because no other score occurs"],
    ["words", rows("correct", "TRUE", "FALSE"), "0 or 1, because scores are words for right and wrong"],
    ["shares", rows("score", 0.25, 0.8), "0 to 1, because scores are shares from 0.25 to 0.8"],
    ["decimal commas", rows("score", "0,25", "0,8"), "0 to 1, because scores are shares from 0.25 to 0.8"],
    ["percent signs", rows("score", "0.5 %", "0.9%"), "0 to 100, because scores have percent signs"],
    [
      "denominators",
      rows("score", "8 / 10", "0/10"),
      "0 to 1, because each score is written with its highest one, as in 4/5",
    ],
    [
      "both ends",
      rows("score", 1, 5, 3),
      "1 to 5, because the lowest score that occurs is 1 and the highest 5; if the scale is another one: --scale",
    ],
    ["a name", rows("score (1-7)", 3, 7), "1 to 7, as the name of the column says"],
    ["another name", rows("得分（满分20）", 3, 17), "0 to 20, as the name of the column says"],
    [
      "points up to 100",
      rows("score", 55.5, 86.3),
      "0 to 100, because scores go from 55.5 to 86.3; if the scale is another one: --scale",
    ],
  ])("%s", async (_, files, words) => {
    expect(await scaleOf(files)).toBe(words);
  });

  it("or taken as the user states it", async () => {
    expect(await scaleOf(rows("score", 3, 7), { scale: "0-10" })).toBe("0 to 10, as stated");
    expect(await scaleOf(rows("score", "1,500", "500"), { scale: "0-2000", decimal: "point" })).toBe(
      "0 to 2000, as stated",
    );
    expect(await scaleOf(rows("score", "1,500", "0,5"), { scale: "0-2" })).toBe("0 to 2, as stated");
  });
});

describe("a scale that is not known is asked for, with the cells:", () => {
  it.each([
    ["3 to 7", rows("score", 3, 7), /from 3 \(s\.csv:2, column "score"\) to 7 \(s\.csv:3, column "score"\)/],
    ["1 to 3", rows("score", 1, 2, 3), /from 1 .* to 3 /],
    ["up to 20", rows("score", 12, 19), /from 12 .* to 19 /],
    ["below 0", rows("score", -1, 1), /from -1 .* to 1 /],
    ["above 100", rows("score", 50, 130), /from 50 .* to 130 /],
  ])("%s", async (_, files, message) => {
    await expect(init(files)).rejects.toMatchObject({
      message: expect.stringMatching(message),
      hint: expect.stringMatching(/--scale LOWEST-HIGHEST/),
    });
  });
});

describe("a contradiction is refused, with the cells:", () => {
  it.each([
    [
      "scores outside of the stated scale",
      rows("score", 9, 85, 64),
      { scale: "0-10" },
      /^s\.csv:3, column "score": 85 is not on the stated scale, 0 to 10, and 1 more score is not/,
    ],
    [
      "scores outside of the scale in a name",
      rows("score (1-5)", 3, 7),
      {},
      /^s\.csv:3, column "score \(1-5\)": 7 is not on the scale in the name/,
    ],
    [
      "columns of shares and of points",
      columns([0.9, 0.5], [60, 90]),
      {},
      /shares from 0 to 1, others are not, up to 0\.9 \(s\.csv:2, column "gpt-4"\) and up to 90 \(s\.csv:3, column "claude-3"\)/,
    ],
    [
      "systems with shares and with points in rows",
      rows("score", 55, 0.3, 64, 0.7),
      {},
      /up to 0\.7 \(s\.csv:5, column "score"\) and up to 64 \(s\.csv:4/,
    ],
    [
      "columns of 0 and 1 and of points",
      columns([0, 1, 1, 0], [60, 90, 70, 80]),
      {},
      /some are only 0 and 1, others are not/,
    ],
    [
      "columns on scales to 10 and to 100",
      columns([7, 8, 6], [70, 85, 60]),
      {},
      /some end where others begin/,
    ],
    [
      "percent signs and shares",
      rows("score", "85%", "0.9"),
      {},
      /written in two ways: 85% \(s\.csv:2, .*\) and 0\.9 \(s\.csv:3/,
    ],
    [
      "denominators and plain numbers",
      rows("score", "8/10", "9"),
      {},
      /written in two ways: 8\/10 .* and 9 /,
    ],
    ["words and numbers", rows("score", "yes", "85"), {}, /written in two ways: yes .* and 85 /],
    [
      "shares in a column called percent",
      rows("score (%)", 0.2, 0.9),
      {},
      /says percent, but its values are from 0 to 1, such as 0\.2 \(s\.csv:2/,
    ],
    [
      "two decimal signs",
      rows("score", "1,234.5", "0,5"),
      {},
      /written as "1,234\.5" \(s\.csv:2, .*\) and as "0,5" \(s\.csv:3/,
    ],
    [
      "a comma that may be two things",
      rows("score", "1,500", "500"),
      {},
      /written as "1,500" \(s\.csv:2, column "score"\): is the decimal sign a comma or a point/,
    ],
    [
      "a stated decimal sign and another one",
      rows("score", "0.85", "1,5"),
      { decimal: "comma" },
      /--decimal comma: s\.csv:2, column "score" has "0\.85"/,
    ],
    [
      "a scale for scores that have their own",
      rows("score", "8/10", "9/10"),
      { scale: "0-10" },
      /--scale 0-10: s\.csv:2, .* says its highest score itself/,
    ],
  ])("%s", async (_, files, stated, message) => {
    await expect(init(files, { stated: new Map(Object.entries(stated)) })).rejects.toMatchObject({
      message: expect.stringMatching(message),
      hint: expect.stringMatching(/./),
    });
  });
});
