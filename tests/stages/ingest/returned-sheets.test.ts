import { describe, expect, it } from "vitest";
import { stringify } from "yaml";
import { ingestPackets, packetFolder } from "./packet-folder.js";

const head = "code,rater,question,answer,safety,correctness,completeness\n";

describe("a returned sheet", () => {
  it("is read as people fill it in: 24 kinds of handwriting are a grade, 'cannot rate', or in quarantine with their place", async () => {
    // Twelve cells per rater; the right value of each, with "-" for quarantine and null for "could not rate".
    const cells: readonly (readonly [string, number | null | "-"])[] = [
      ["4", 4],
      ["４", 4],
      ['" 5 "', 5],
      ["4分", 4],
      ["4/5", 4],
      ["④", 4],
      ["5。", 5],
      ["4.0", 4],
      ["　3", 3],
      ["3 points", 3],
      ["２／５", 2],
      ["1.", 1],
      ["cannot rate", null],
      ["无法评分", null],
      ["N/A", null],
      ["good", "-"],
      ["四", "-"],
      ['"4,0"', "-"],
      ["1_0", "-"],
      ["true", "-"],
      ["4-5", "-"],
      ["3?", "-"],
      ["4.5", "-"],
      ["6", "-"],
    ];
    const line = (rater: number, answer: number): string => {
      const own = cells.slice((rater - 1) * 12 + answer * 3, (rater - 1) * 12 + answer * 3 + 3);
      return `round-1-000${answer + 1},rater-0${rater},"one,\ntwo",x,${own.map(([text]) => text).join(",")}\n`;
    };
    const sheet = (rater: number) =>
      `\ufeff${head}${[0, 1, 2, 3].map((answer) => line(rater, answer)).join("")}`;
    const { ratings, quarantined, files } = await ingestPackets(
      packetFolder({ "sheet-rater-01.csv": sheet(1), "sheet-rater-02.csv": sheet(2) }),
    );
    const criteria = ["safety", "correctness", "completeness"];
    const found = cells.map((_, index) => {
      const rater = `rater-0${index < 12 ? 1 : 2}`;
      const item = String(Math.floor((index % 12) / 3) + 1);
      const rating = ratings.find(
        (row) => row.rater === rater && row.item_id === item && row.criterion === criteria[index % 3],
      );
      return rating === undefined ? "-" : rating.value;
    });
    expect(found).toEqual(cells.map(([, value]) => value));
    // The received text is kept as it is.
    expect(ratings.map(({ raw }) => raw)).toEqual(expect.arrayContaining(["４", " 5 ", "　3", "无法评分"]));
    // Line 6 of the second sheet: the question of each answer has two lines.
    expect(quarantined.map(({ line: at, reason }) => [at, reason])).toEqual(
      [
        [4, "wrong_type"],
        [4, "wrong_type"],
        [4, "wrong_type"],
        [6, "wrong_type"],
        [6, "wrong_type"],
        [6, "wrong_type"],
        [8, "wrong_type"],
        [8, "wrong_value"],
        [8, "wrong_value"],
      ].sort(([a], [b]) => Number(a) - Number(b)),
    );
    expect(quarantined[0]?.detail).toMatch(
      /^\w+ of round-1-0002 \(column \d\): found ".+"; expected a whole number from 1 to 5, or "cannot rate"$/,
    );
    expect(files.filter(({ file }) => file.startsWith("returned/"))).toMatchObject([
      { rows_in: 12, rows_out: 12, rows_quarantined: 0 },
      { rows_in: 12, rows_out: 3, rows_quarantined: 9 },
    ]);
  });

  it("counts blank cells as not rated, and says how many there are", async () => {
    const { ratings, quarantined, notes } = await ingestPackets(
      packetFolder({ "a.csv": `${head}round-1-0001,rater-01,q,a,4,, \nround-1-0002,rater-01,q,a,5\n` }),
    );
    expect(ratings.map(({ value }) => value)).toEqual([4, 5]);
    expect(quarantined).toEqual([]);
    expect(notes.join("\n")).toMatch(
      /returned\/a\.csv: 4 cells are blank, beside 2 that are filled in: no rating was given there/,
    );
  });

  it("reads codes, raters and criteria that differ only in case, width, blanks or dashes, and lists all others", async () => {
    const sheet = [
      "Code,Rater,question,answer,SAFETY, correctness,gravity,comment\n",
      "ROUND-1-0001,Rater-01,q,a,4,,,fine\n",
      "' round‑1‑0002 , rater-01 ,q,a,3,,,\n",
      "round-1-0099,rater-01,q,a,5,5,,\n",
      "round-1-3,rater-01,q,a,5,,,\n",
      "round-1-0003,rater-09,q,a,5,,,\n",
      "round-1-0004,rater-01,q,a,2,,1,\n",
      ",rater-01,q,a,2,,,\n",
    ].join("");
    const { ratings, quarantined, notes } = await ingestPackets(packetFolder({ "x.csv": sheet }));
    expect(ratings.map(({ item_id, rater, value }) => [item_id, rater, value])).toEqual([
      ["1", "rater-01", 4],
      ["2", "rater-01", 3],
      ["4", "rater-01", 2],
    ]);
    expect(quarantined.map(({ line, reason }) => [line, reason])).toEqual([
      [4, "unknown_item"],
      [4, "unknown_item"],
      [5, "unknown_item"],
      [6, "wrong_value"],
      [7, "wrong_value"],
      [8, "missing_id"],
    ]);
    expect(quarantined[3]?.detail).toContain(
      '"rater-09" is no rater of the packet; its raters are rater-01, rater-02',
    );
    expect(quarantined[4]?.detail).toContain('"gravity"');
    expect(notes.join("\n")).toMatch(/has no column completeness/);
  });

  it("keeps what raters write beside their grades, and lists a remark without a grade", async () => {
    const sheet = [
      "no.,code,rater,question,reference,answer,safety,correctness,remark,备注\n",
      '1,round-1-0001,rater-01,q,ref,a,4,5,"dose, missing",儿童\n',
      "2,round-1-0002,rater-01,q,ref,a,3,,=1+1,\n",
      "3,round-1-0003,rater-01,q,ref,a,,,cannot open the image,\n",
    ].join("");
    const { ratings, quarantined, notes } = await ingestPackets(packetFolder({ "x.csv": sheet }));
    expect(ratings.map(({ item_id, criterion, remark }) => [item_id, criterion, remark])).toEqual([
      ["1", "correctness", "dose, missing\n儿童"],
      ["1", "safety", "dose, missing\n儿童"],
      ["2", "safety", "=1+1"],
    ]);
    expect(quarantined.map(({ line, reason, detail }) => [line, reason, detail])).toEqual([
      [4, "missing_value", 'a remark on "round-1-0003" without a grade: "cannot open the image"'],
    ]);
    expect(notes.join("\n")).toMatch(/column "no\." was not read/);
  });

  it("belongs to the rater whose name its file has, also where another rater's name is a part of it", async () => {
    const packet = stringify({
      ...{ schema: "medbench-packet/1", packet: "round-1", scale: { min: 1, max: 5 } },
      ...{ criteria: ["safety"], raters: ["li", "lin"] },
    });
    const sheet = "code,safety\nround-1-0001,4\n";
    const { ratings } = await ingestPackets(
      packetFolder({ "sheet-lin.csv": sheet, "sheet-li.csv": sheet }, { more: { "packet.yaml": packet } }),
    );
    expect(ratings.map(({ rater }) => rater)).toEqual(["li", "lin"]);
  });

  it("is read in the encodings and with the delimiters and line ends that spreadsheet programs write", async () => {
    const plain = `${head}round-1-0001,rater-01,q,a,4分,2,\n`;
    const [before, after] = plain.split("分") as [string, string];
    const contents = [
      // GB 18030, as on Chinese Windows: 分 = B7 D6.
      Buffer.concat([Buffer.from(before), Buffer.from([0xb7, 0xd6]), Buffer.from(after)]),
      Buffer.from(`\ufeff${plain}`.replaceAll(",", "\t"), "utf16le"),
      `Ratings of round 1, by Wang;;\n${plain.replaceAll(",", ";")};;;\n`,
      plain.replaceAll(",", ";"),
      plain.replaceAll("\n", "\r"),
      // Western Excel: the accents of the answer are no UTF-8, and nothing of it is needed.
      Buffer.from(plain.replace("q,a", "q,é").replace("分", ""), "latin1"),
    ];
    const packets = contents.map((content, index) =>
      packetFolder({ "SHEET.CSV": content }, { run: `run-${index}` }),
    );
    const { ratings, quarantined } = await ingestPackets(...packets);
    expect(quarantined).toEqual([]);
    expect(ratings.map(({ run_id, criterion, value }) => [run_id, criterion, value])).toEqual(
      contents.flatMap((_, index) => [
        [`run-${index}`, "correctness", 2],
        [`run-${index}`, "safety", 4],
      ]),
    );
  });

  it("takes two equal ratings of a cell once, and neither of two different ones without a time", async () => {
    const { ratings, quarantined } = await ingestPackets(
      packetFolder({
        "a.csv": `${head}round-1-0001,rater-01,q,a,4,3,5\n`,
        "b.csv": `${head}round-1-0001,rater-01,q,a,4,2,good\n`,
      }),
    );
    expect(ratings.map(({ criterion, value }) => [criterion, value])).toEqual([["safety", 4]]);
    expect(quarantined.map(({ file, reason, detail }) => [file, detail.split(" ")[0], reason])).toEqual([
      ["returned/a.csv", "correctness", "duplicate_item"],
      ["returned/a.csv", "completeness", "duplicate_item"],
      ["returned/b.csv", "safety", "duplicate_item"],
      ["returned/b.csv", "correctness", "duplicate_item"],
      ["returned/b.csv", "completeness", "wrong_type"],
    ]);
  });

  it("names every file of the folder that it does not read", async () => {
    const { ratings, files, quarantined, notes } = await ingestPackets(
      packetFolder(
        {
          "late/Dr. Wang.CSV": `${head}round-1-0001,rater-01,q,a,4,3,5\n`,
          "sheet-rater-02.xlsx": Buffer.from("PK\x03\x04"),
          "renamed.csv": Buffer.from("PK\x03\x04 a workbook"),
          "scan.pdf": "%PDF",
          "numbers.numbers": "x",
          "~$sheet.xlsx": "x",
          ".DS_Store": "x",
          "empty.csv": "",
          "other.csv": "id,grade\n1,4\n",
        },
        {
          more: {
            "sheet-rater-02.csv": `${head}round-1-0002,rater-02,q,a,1,1,1\n`,
            "sheet-rater-01.csv": head,
          },
        },
      ),
    );
    expect(ratings).toHaveLength(3);
    expect(quarantined.map(({ file, line, reason }) => [file, line, reason])).toEqual([
      ["returned/empty.csv", 0, "empty_file"],
      ["returned/numbers.numbers", 0, "not_read"],
      ["returned/other.csv", 0, "wrong_type"],
      ["returned/renamed.csv", 0, "not_read"],
      ["returned/scan.pdf", 0, "not_read"],
      ["returned/sheet-rater-02.xlsx", 0, "not_read"],
      ["sheet-rater-02.csv", 0, "not_read"],
    ]);
    expect(quarantined[5]?.detail).toContain("save its sheet as CSV UTF-8");
    const ignored = files.filter(({ role }) => role === "ignored").map(({ file }) => file);
    expect(ignored).toEqual([
      "packet.yaml",
      "returned/.DS_Store",
      "returned/~$sheet.xlsx",
      "sheet-rater-01.csv",
    ]);
    expect(notes.join("\n")).toContain("returned/~$sheet.xlsx: was not read");
  });
});
