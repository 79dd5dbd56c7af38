import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
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
    get lines() {
      return streams.stdout
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line));
    },
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
    expect(lines).toMatchObject([
      { id: "1", answer: "B", read_by: "closing-verdict", status: "ok" },
      { id: "2", answer: "C", read_by: "bare-letters", status: "ok" },
      { id: "3", answer: "B", read_by: expect.stringContaining("option"), status: "ok" },
    ]);
    expect(stderr).toContain("read 3 of 3 responses");
  });

  it("shows where the answer is in the response as received", async () => {
    const text = "Some reasons first.\n\n**The answer is Ｂ.** More words.";
    const { lines } = await read(line("1", text) + line("2", "No idea at all."));
    const { start, end, text: words } = lines[0].evidence;
    expect(text.slice(start, end)).toContain("answer is Ｂ");
    expect(words).toBe(text.slice(start, end));
    expect(lines[1].evidence).toBeNull();
  });

  it("tells a language without a pack from a response without a letter", async () => {
    const { lines } = await read(
      line("1", "\u05d4\u05ea\u05e9\u05d5\u05d1\u05d4 \u05d2") + line("2", "정답은 C입니다."),
    );
    expect(lines).toMatchObject([
      { answer: null, read_by: "no language pack", status: "no language pack" },
      { answer: "C", read_by: "verdict-ko", status: "ok" },
    ]);
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
    ["not json", "in.jsonl:2: is not JSON; found"],
    ["[1]", "in.jsonl:2: expected an object; found a list"],
    ['{"id":"2"}', "in.jsonl:2: text: expected the response as a text; found nothing"],
    ['{"id":"2","text":["A"]}', "in.jsonl:2: text: expected the response as a text; found a list"],
    ['{"text":"A"}', "in.jsonl:2: id: expected a text or a whole number of at most 15 digits; found nothing"],
    [
      '{"id":"2","text":"A","options":["rest","surgery"]}',
      'in.jsonl:2: options: expected an object of letters and texts such as {"A": "rest", "B": "surgery"}; found a list',
    ],
    ['{"id":"2","text":"A","options":"A rest"}', 'found string "A rest"'],
    [
      '{"id":"2","text":"A","options":{"first":"x"}}',
      'in.jsonl:2: options: option letters are A to Z; found "first"',
    ],
    [
      '{"id":"2","text":"A","options":{"A":2.50}}',
      "in.jsonl:2: options.A: expected a text in quotes; found number 2.5",
    ],
    [
      '{"id":12345678901234567890,"text":"A"}',
      "in.jsonl:2: id: expected a text or a whole number of at most 15 digits",
    ],
    ['{"id":"2","text":"A","text":"B"}', 'in.jsonl:2: the key "text" is there twice'],
    ['{"id":"2","text":"A","options":{"A":"x","A":"y"}}', 'in.jsonl:2: the key "A" is there twice'],
    [
      '{"id":"2","text":"A","expected":"perhaps"}',
      'in.jsonl:2: expected: expected letters such as "B" or "AC"',
    ],
  ])("refuses the line %s with its file and number", async (bad, message) => {
    const failure = read(`${line("1", "A")}${bad}\n`);
    await expect(failure).rejects.toThrow(message);
    await expect(failure).rejects.toBeInstanceOf(InputError);
    await expect(failure).rejects.not.toThrow(/[{\n]\s*"code"/);
  });

  it("refuses a line that is not UTF-8 instead of changing its characters", async () => {
    const file = join(folder, "gbk.jsonl");
    // "答" in GB18030.
    await writeFile(
      file,
      Buffer.concat([Buffer.from('{"id":"1","text":"'), Buffer.from([0xb4, 0xf0]), Buffer.from('"}\n')]),
    );
    const program = new Command().exitOverride();
    registerRead(program);
    await expect(program.parseAsync(["read", file], { from: "user" })).rejects.toThrow(
      "gbk.jsonl:1: is not UTF-8",
    );
  });

  it("takes line separators inside a text, a byte-order mark and Windows line ends as they are", async () => {
    const { lines } = await read(
      `\ufeff{"id":"1","text":"First line\u2028The answer is B."}\r\n\r\n${JSON.stringify({ id: 2, text: "C" })}`,
    );
    expect(lines).toMatchObject([
      { id: "1", answer: "B" },
      { id: 2, answer: "C" },
    ]);
  });

  it("reads a compressed file, and refuses one that is damaged", async () => {
    const file = join(folder, "in.jsonl.gz");
    const packed = gzipSync(line("1", "The answer is B."));
    const lines: string[] = [];
    vi.spyOn(process.stdout, "write").mockImplementation((chunk) => lines.push(String(chunk)) > 0);
    vi.spyOn(process.stderr, "write").mockReturnValue(true);
    const run = async (bytes: Buffer) => {
      await writeFile(file, bytes);
      const program = new Command().exitOverride();
      registerRead(program);
      await program.parseAsync(["read", file], { from: "user" });
    };
    await run(packed);
    expect(JSON.parse(lines[0] ?? "")).toMatchObject({ id: "1", answer: "B" });
    await expect(run(packed.subarray(0, 20))).rejects.toThrow(/in\.jsonl\.gz: cannot be read/);
    await expect(run(packed.subarray(0, 20))).rejects.toBeInstanceOf(InputError);
  });

  const labeled = [
    { id: "1", text: "The answer is B.", expected: "B" },
    { id: "2", text: "The answer is B.", expected: "A" },
    { id: "3", text: "No idea at all.", expected: "none" },
    { id: "4", text: "No idea at all.", expected: "C" },
    { id: "5", text: "C", gold: null },
    { id: "6", text: "C", label: "unsure" },
    { id: "7", text: "C" },
  ];

  it("compares letters with what people read, and leaves out what nobody or nobody surely read", async () => {
    const { lines, stderr } = await read(labeled.map((row) => `${JSON.stringify(row)}\n`).join(""));
    expect(lines.map(({ result }) => result)).toEqual([
      "right",
      "wrong",
      "right",
      "unread",
      "wrong",
      undefined,
      undefined,
    ]);
    expect(stderr).toContain("of 5 with an expected answer 2 right, 2 wrong, 1 unread");
  });

  it("reports right, wrong and unread by rule, as a table or as JSON", async () => {
    const input = labeled.map((row) => `${JSON.stringify(row)}\n`).join("");
    const { lines } = await read(input, "--report", "--json");
    expect(lines[0].total).toEqual({ rule: "all", responses: 7, labeled: 5, right: 2, wrong: 2, unread: 1 });
    expect(lines[0].rules).toContainEqual({
      rule: "bare-letters",
      responses: 3,
      labeled: 1,
      right: 0,
      wrong: 1,
      unread: 0,
    });
    expect(lines[0].rules).toContainEqual({
      rule: "invalid",
      responses: 2,
      labeled: 2,
      right: 1,
      wrong: 0,
      unread: 1,
    });
    const { stdout } = await read(input, "--report");
    expect(stdout).toMatch(/rule.*responses.*labeled.*right.*wrong.*unread/);
    expect(stdout).toMatch(/all.* 7 .* 5 .* 2 .* 2 .* 1 /);
  });

  it("takes the labels of another file, and names labels without a response", async () => {
    const labels = join(folder, "labels.jsonl");
    await writeFile(labels, '{"id":"1","answer":"C"}\n{"id":"2","answer":null}\n');
    const input = line("1", "C") + line("2", "No idea at all.");
    expect((await read(input, "--expected", labels)).lines.map(({ result }) => result)).toEqual([
      "right",
      "right",
    ]);
    await expect(read(line("1", "C"), "--expected", labels)).rejects.toThrow(
      /labels\.jsonl: no response in .*in\.jsonl has the id "2"/,
    );
    await writeFile(labels, '{"id":"1","expected":"C"}\n{"id":"1","expected":"B"}\n');
    await expect(read(input, "--expected", labels)).rejects.toThrow('labels.jsonl:2: id "1" is there twice');
  });

  it("refuses a report where no response has a label", async () => {
    await expect(read(line("1", "C"), "--report")).rejects.toThrow("no response has an expected letter");
  });

  it("prints a table on request", async () => {
    const { stdout } = await read(line("1", "The answer is B."), "--table");
    expect(stdout).toMatch(/id.*answer.*read_by.*status/);
    expect(stdout).toMatch(/1.*B.*closing-verdict.*ok/);
  });

  it("refuses an unknown language and a missing file", async () => {
    await expect(read(line("1", "A"), "--languages", "xx")).rejects.toThrow(
      'read --languages: no language "xx"',
    );
    const program = new Command().exitOverride();
    registerRead(program);
    await expect(
      program.parseAsync(["read", join(folder, "absent.jsonl")], { from: "user" }),
    ).rejects.toThrow("absent.jsonl: cannot be read");
  });
});
