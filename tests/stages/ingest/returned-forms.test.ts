import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { formLine, ingestPackets, packetFolder } from "./packet-folder.js";

const monday = "2026-03-02T09:00:00Z";

describe("the ratings of a returned form", () => {
  it("are a grade, 'cannot rate', or in quarantine, for 22 kinds of lines", async () => {
    const places = [1, 2, 3, 4].flatMap((code) =>
      ["rater-01", "rater-02"].flatMap((rater) =>
        ["safety", "correctness", "completeness"].map((criterion) => ({ code, rater, criterion })),
      ),
    );
    const values: readonly (readonly [unknown, number | null | "-"])[] = [
      [5, 5],
      ["cannot rate", null],
      [null, null],
      ["无法评分 / Cannot rate", null],
      ["5 ", 5],
      ["４", 4],
      ["④", 4],
      ["4/5", 4],
      [4.0, 4],
      ["3分", 3],
      [99, "-"],
      [-1, "-"],
      [2.5, "-"],
      ["5; DROP", "-"],
      ["", "-"],
      [true, "-"],
      [[4], "-"],
      [{ rating: 4 }, "-"],
      ["1e0", "-"],
      ["0x5", "-"],
      ["1_0", "-"],
      [undefined, "-"],
    ];
    const lines = values.map(([value], index) => {
      const { code, rater, criterion } = places[index] as (typeof places)[number];
      return formLine(code, value, { rater, criterion, rated_at: monday });
    });
    const { ratings, quarantined, files } = await ingestPackets(
      packetFolder({ "ratings.jsonl": lines.join("") }),
    );
    const found = values.map((_, index) => {
      const { code, rater, criterion } = places[index] as (typeof places)[number];
      const rating = ratings.find(
        (row) => row.item_id === String(code) && row.rater === rater && row.criterion === criterion,
      );
      return rating === undefined ? "-" : rating.value;
    });
    expect(found).toEqual(values.map(([, value]) => value));
    // Lines 11 to 22, each once.
    expect(quarantined.map(({ line }) => line)).toEqual([11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22]);
    expect(files.find(({ file }) => file === "returned/ratings.jsonl")).toMatchObject({
      rows_in: 22,
      rows_out: 10,
      rows_quarantined: 12,
    });
  });

  it("keep the remark on an answer, and list one without a grade", async () => {
    const lines = [
      formLine(1, 4, { remark: "dose missing" }),
      formLine(2, 4, { remark: 7 }),
      `${JSON.stringify({ code: "round-1-0003", rater: "rater-01", packet: "round-1", remark: "no image" })}\n`,
    ];
    const { ratings, quarantined } = await ingestPackets(packetFolder({ "a.jsonl": lines.join("") }));
    expect(ratings.map(({ item_id, value, remark }) => [item_id, value, remark])).toEqual([
      ["1", 4, "dose missing"],
    ]);
    expect(quarantined.map(({ line, reason, detail }) => [line, reason, detail])).toEqual([
      [2, "wrong_type", 'safety of round-1-0002: "remark" is "7"; expected text'],
      [3, "missing_value", 'a remark on "round-1-0003" without a grade: "no image"'],
    ]);
  });

  it("are listed where they belong to no drawn answer, rater, criterion or packet, or are no JSON", async () => {
    const { ratings, quarantined } = await ingestPackets(
      packetFolder({
        "r.jsonl": [
          formLine(1, 4),
          formLine("round-1-9999", 4),
          formLine(" ROUND-1-0002 ", 3),
          formLine(3, 4, { rater: "someone-else" }),
          formLine(3, 4, { criterion: "no_such_criterion" }),
          formLine(3, 4, { packet: "round-2" }),
          formLine(3, 4, { rated_at: "yesterday" }),
          formLine(3, 4, { rater: "" }),
          "not json\n",
          '{"code": "round-1-0004", "rat',
        ].join(""),
      }),
    );
    expect(ratings.map(({ item_id, value }) => [item_id, value])).toEqual([
      ["1", 4],
      ["2", 3],
    ]);
    expect(quarantined.map(({ line, reason }) => [line, reason])).toEqual([
      [2, "unknown_item"],
      [4, "wrong_value"],
      [5, "wrong_value"],
      [6, "wrong_value"],
      [7, "wrong_type"],
      [8, "missing_id"],
      [9, "not_json"],
      [10, "truncated_line"],
    ]);
  });

  it("of one cell count by time: the later one, and the earlier one is listed", async () => {
    const at = (day: number, zone = "Z") => ({ rated_at: `2026-03-0${day}T09:00:00${zone}` });
    const { ratings, quarantined } = await ingestPackets(
      packetFolder({
        "first.jsonl": [
          formLine(1, 5, at(3)),
          formLine(1, 1, at(2)),
          formLine(2, 4, at(2)),
          // 09:00 at +08:00 is 01:00 at UTC, so that the next line is the later one.
          formLine(3, 4, at(2, "+08:00")),
          formLine(3, 2, at(2)),
          formLine(4, 4, at(2)),
          formLine(4, 3, at(2)),
        ].join(""),
        "second.jsonl": [
          formLine(2, "cannot rate", at(4)),
          formLine(1, 3, { ...at(2), criterion: "correctness" }),
        ].join(""),
      }),
    );
    expect(ratings.map(({ item_id, criterion, value }) => [item_id, criterion, value])).toEqual([
      ["1", "correctness", 3],
      ["1", "safety", 5],
      ["2", "safety", null],
      ["3", "safety", 2],
    ]);
    expect(quarantined.map(({ file, line, reason }) => [file, line, reason])).toEqual([
      ["returned/first.jsonl", 2, "duplicate_item"],
      ["returned/first.jsonl", 3, "duplicate_item"],
      ["returned/first.jsonl", 4, "duplicate_item"],
      ["returned/first.jsonl", 6, "duplicate_item"],
      ["returned/first.jsonl", 7, "duplicate_item"],
    ]);
    expect(quarantined[1]?.detail).toContain("returned/second.jsonl line 1");
  });

  it("do not fall back to an earlier grade when the later one cannot be read", async () => {
    const { ratings, quarantined } = await ingestPackets(
      packetFolder({
        "r.jsonl": [
          formLine(1, 1, { rated_at: "2026-03-02T09:00:00Z" }),
          formLine(1, "good", { rated_at: "2026-03-03T09:00:00Z" }),
          formLine(2, 4),
        ].join(""),
      }),
    );
    expect(ratings.map(({ item_id }) => item_id)).toEqual(["2"]);
    expect(quarantined.map(({ line, reason }) => [line, reason])).toEqual([
      [1, "duplicate_item"],
      [2, "wrong_type"],
    ]);
  });

  it("are read in packets of any name", async () => {
    const names = ['a"b', "o'brien", "../x", "第一轮", "two\nlines", "=cmd|x", "$value {{x}}"];
    const packets = names.map((id, index) => {
      const fields = { code: `${id}-0001`, rater: "rater-01", packet: id, criterion: "safety", value: 4 };
      return packetFolder({ "r.jsonl": `${JSON.stringify(fields)}\n` }, { id, run: `run-${index}` });
    });
    const { ratings, quarantined } = await ingestPackets(...packets);
    expect(quarantined).toEqual([]);
    expect(ratings.map(({ batch, value }) => [batch, value])).toEqual(names.map((id) => [id, 4]));
  });

  it("need a key that can be read exactly: a key.csv in an unknown encoding is refused with its line", async () => {
    // "modèle" in Latin-1: E8 6C is a Chinese character in GB 18030. cspell:ignore modèle
    const folder = packetFolder({ "r.jsonl": formLine(1, 4) }, { run: "modèle" });
    const file = join(folder, "key.csv");
    writeFileSync(file, Buffer.from(readFileSync(file, "utf8"), "latin1"));
    await expect(ingestPackets(folder)).rejects.toThrow(/key\.csv: line 2 is neither UTF-8/);
  });

  it("need a key without broken quotation marks: such a row costs itself", async () => {
    const folder = packetFolder({ "r.jsonl": formLine(1, 4) + formLine(2, 5) });
    const file = join(folder, "key.csv");
    const key = readFileSync(file, "utf8");
    writeFileSync(file, key.replace("run-1,medbench-v4,MedHC,p,2,", '"run"-1,medbench-v4,MedHC,p,2,'));
    const { ratings, quarantined } = await ingestPackets(folder);
    expect(ratings.map(({ item_id }) => item_id)).toEqual(["1"]);
    expect(quarantined.map(({ line, reason }) => [line, reason])).toEqual([
      [3, "wrong_value"],
      [2, "unknown_item"],
    ]);
    expect(quarantined[0]?.detail).toContain("text follows a closing quotation mark");
  });
});
