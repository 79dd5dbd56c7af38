import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command } from "commander";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { registerRead } from "../../pipelines/commands/read.js";
import { InputError } from "../../src/lib/errors.js";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "medbench-read-"));
});
afterEach(async () => {
  vi.restoreAllMocks();
  await rm(folder, { recursive: true, force: true });
});

async function read(content: string, ...flags: string[]) {
  const file = join(folder, "in.jsonl");
  await writeFile(file, content);
  const streams = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const) {
    vi.spyOn(process[name], "write").mockImplementation((chunk) => {
      streams[name] += String(chunk);
      return true;
    });
  }
  const program = new Command().exitOverride();
  registerRead(program);
  await program.parseAsync(["read", file, ...flags], { from: "user" });
  return {
    ...streams,
    lines: streams.stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line)),
  };
}

const line = (id: string, text: string, options?: Record<string, string>) =>
  `${JSON.stringify({ id, text, options })}\n`;

describe("medbench read", () => {
  it("prints the letter and the rule for each line, in order", async () => {
    const { lines, stderr } = await read(
      line("1", "The answer is B.", { A: "rest", B: "surgery" }) +
        line("2", "C") +
        line("3", "Surgery.", { A: "rest", B: "surgery" }),
    );
    expect(lines).toEqual([
      { id: "1", answer: "B", read_by: "closing-verdict" },
      { id: "2", answer: "C", read_by: "bare-letters" },
      { id: "3", answer: "B", read_by: "option-quoted" },
    ]);
    expect(stderr).toContain("read 3 of 3 responses");
  });

  it("prints null and the reason for no answer, two answers or a refusal", async () => {
    const { lines } = await read(
      `${line("1", "No idea at all.")}\n${line("2", "A, C")}${line("3", "I'm sorry, I cannot answer that.")}${line("4", "")}`,
    );
    expect(lines.map(({ answer }) => answer)).toEqual([null, null, null, null]);
    expect(lines.map(({ read_by }) => read_by)).toEqual(["invalid", "multiple", "refused", "empty"]);
  });

  it("prints several letters only when they are allowed", async () => {
    expect((await read(line("1", "A, C"), "--multiple")).lines[0]).toMatchObject({ answer: "AC" });
  });

  it("uses only the verdict phrases of the chosen languages", async () => {
    const text = "Die richtige Antwort lautet B, weil der Befund passt.";
    expect((await read(line("1", text), "--languages", "zh,de")).lines[0].answer).toBe("B");
    expect((await read(line("1", text), "--languages", "zh")).lines[0].answer).toBeNull();
  });

  it.each([
    ["not json", /in\.jsonl:2: is not JSON; found/],
    ['{"id":"2"}', /in\.jsonl:2: text/],
    ['{"id":"2","text":"A","options":{"first":"x"}}', /in\.jsonl:2: options/],
  ])("refuses the line %s with its file and number", async (bad, message) => {
    const failure = read(`${line("1", "A")}${bad}\n`);
    await expect(failure).rejects.toThrow(message);
    await expect(failure).rejects.toBeInstanceOf(InputError);
  });

  it("refuses an unknown language and a missing file", async () => {
    await expect(read(line("1", "A"), "--languages", "xx")).rejects.toThrow('--languages: "xx" is not known');
    const program = new Command().exitOverride();
    registerRead(program);
    await expect(
      program.parseAsync(["read", join(folder, "absent.jsonl")], { from: "user" }),
    ).rejects.toThrow("absent.jsonl: cannot be read");
  });
});
