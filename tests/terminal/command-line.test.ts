import { execFileSync } from "node:child_process";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { commandLine, shellWord } from "../../pipelines/terminal/command-line.js";

describe("a command to copy", () => {
  it("repeats the places that are not the defaults", () => {
    expect(commandLine(["run"], { workspace: "data", out: "dist" }, "medbench")).toBe("medbench run");
    expect(commandLine(["run"], { workspace: "my work", out: "site" }, "npx medbench")).toBe(
      'npx medbench run --workspace "my work" --out site',
    );
  });

  it.each([
    ["work/2026-03", "work/2026-03"],
    ["it's mine", `"it's mine"`],
    ["select '$x'", `'select '\\''$x'\\'''`],
    ["", '""'],
    ["医学", '"医学"'],
  ])("quotes %j as a shell needs it", (word, quoted) => {
    expect(shellWord(word, "linux")).toBe(quoted);
  });

  it.skipIf(process.platform === "win32")("gives a shell the same words back", () => {
    const word = fc.string({
      unit: fc.constantFrom("a", " ", "'", '"', "$", "`", "\\", "!", "*", "医", "\n"),
    });
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 4 }), (words) => {
        const line = `printf '%s\\0' ${words.map((each) => shellWord(each, "linux")).join(" ")}`;
        const said = execFileSync("sh", ["-c", line], { encoding: "utf8" });
        expect(said.split("\0").slice(0, -1)).toEqual(words);
      }),
      { numRuns: 30 },
    );
  });

  it("is quoted with double quotes on Windows", () => {
    expect(shellWord('a "b" $c', "win32")).toBe('"a ""b"" $c"');
  });
});
