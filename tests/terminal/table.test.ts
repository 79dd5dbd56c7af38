import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { displayWidth } from "../../pipelines/terminal/display-width.js";
import { drawTable, formatTable } from "../../pipelines/terminal/table.js";

const lines = (text: string) => text.split("\n");

describe("a table", () => {
  it("aligns numbers to the right and Chinese text by its width", () => {
    const rows = [
      { system: "清潭", score: 7.5 },
      { system: "b", score: 12 },
    ];
    expect(lines(formatTable(rows, undefined, { width: 80 }))).toEqual([
      "┌────────┬───────┐",
      "│ system │ score │",
      "├────────┼───────┤",
      "│ 清潭   │   7.5 │",
      "│ b      │    12 │",
      "└────────┴───────┘",
    ]);
  });

  it("keeps the title of a single column of numbers on one line where there is room", () => {
    expect(lines(formatTable([{ "count_star()": 12 }], undefined, { width: 80 }))[1]).toBe(
      "│ count_star() │",
    );
  });

  it("breaks titles and long cells at words where the terminal is narrow", () => {
    const rows = [{ decision: "publish with warning", n_awaiting_gold: 3 }];
    // 7 columns of borders and margins, 9 of "awaiting_", 10 of the narrowest text.
    expect(lines(formatTable(rows, undefined, { width: 26 }))).toEqual([
      "┌────────────┬───────────┐",
      "│ decision   │        n_ │",
      "│            │ awaiting_ │",
      "│            │      gold │",
      "├────────────┼───────────┤",
      "│ publish    │         3 │",
      "│ with       │           │",
      "│ warning    │           │",
      "└────────────┴───────────┘",
    ]);
  });

  it("never shortens a number, and says which columns do not fit", () => {
    const rows = [{ a: 123456789012, b: 1, c: "text", d: 2 }];
    const drawn = formatTable(rows, undefined, { width: 24, otherwise: "--all" });
    expect(drawn).toContain("│ 123456789012 │ 1 │");
    expect(drawn).toContain("(2 of 4 columns do not");
    expect(drawn).toContain("fit: c, d; --all)");
  });

  it("says how many values are shortened", () => {
    const table = { titles: ["text"], rows: [["x".repeat(200)], ["short"]], numeric: [false] };
    const drawn = drawTable(table, { width: Number.POSITIVE_INFINITY, long: "shorten", otherwise: "--csv" });
    expect(drawn).toContain(`│ ${"x".repeat(79)}… │`);
    expect(drawn).toMatch(/\(1 value is shortened; --csv\)$/);
  });

  it("shows what a terminal would obey", () => {
    expect(formatTable([{ "a\u001b[1m": "b\u001b[2J" }])).not.toContain("\u001b");
  });

  it("fits every terminal that has room for its first column", () => {
    const cell = fc.string({ unit: fc.constantFrom("a", "患", " ", "_"), maxLength: 30 });
    fc.assert(
      fc.property(
        fc.array(fc.tuple(cell, cell, cell, cell), { minLength: 1, maxLength: 3 }),
        fc.integer({ min: 20, max: 90 }),
        fc.constantFrom("wrap" as const, "shorten" as const),
        (rows, width, long) => {
          const table = { titles: ["a", "b", "c", "d"], rows, numeric: [false, false, false, false] };
          for (const line of lines(drawTable(table, { width, long })))
            expect(displayWidth(line)).toBeLessThanOrEqual(width);
        },
      ),
    );
  });
});
