import { appendFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Journal, type JournalEntry } from "../../pipelines/asking/journal.js";
import { holderText, thisProcess } from "../../pipelines/warehouse/lock-holder.js";
import { temporaryFolder } from "../judging/material.js";

const reply = (hash: string, readable = true, text = "答案"): JournalEntry => ({
  type: "reply",
  hash,
  readable,
  text,
  prompt_tokens: 10,
  completion_tokens: 5,
  cost_usd: 0.25,
});

describe("the journal", () => {
  test("has the same content after reopening, wherever the file was cut off", async () => {
    const path = join(temporaryFolder(), "journal.jsonl");
    const entries: JournalEntry[] = [
      { type: "sent", hash: "a", cost_usd: 1 },
      reply("a"),
      { type: "sent", hash: "b", cost_usd: 1 },
      reply("b", false, 'prose "with" quotes\nand lines'),
      { type: "sent", hash: "b", cost_usd: 1 },
      { type: "unpaid", hash: "b", error: "HTTP 429" },
      { type: "sent", hash: "c", cost_usd: 1 },
    ];
    const journal = await Journal.open(path);
    for (const entry of entries) journal.append(entry);
    // a 0.25, b 0.25 (unreadable is paid), b again unpaid, c open at its full price.
    expect(journal.spentUsd).toBeCloseTo(1.5, 12);
    await journal.close();
    const whole = readFileSync(path);
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length), async (cut) => {
        writeFileSync(path, whole.subarray(0, cut));
        const again = await Journal.open(path);
        const lines = whole.subarray(0, cut).filter((byte) => byte === 10).length;
        expect(again.isAnswered("a")).toBe(lines >= 2);
        expect(again.unreadable("b")).toBe(lines >= 4 ? 1 : 0);
        expect(again.reply("b")?.text).toBe(lines >= 4 ? 'prose "with" quotes\nand lines' : undefined);
        again.append(reply("d"));
        await again.close();
        const third = await Journal.open(path);
        expect(third.reply("d")?.text).toBe("答案");
        await third.close();
      }),
      { numRuns: 60 },
    );
  });

  test("does not replace a readable reply by a later unreadable one", async () => {
    const path = join(temporaryFolder(), "journal.jsonl");
    const journal = await Journal.open(path);
    journal.append(reply("a", true, "first"));
    journal.append(reply("a", false, "second"));
    expect(journal.reply("a")?.text).toBe("first");
    expect(journal.isAnswered("a")).toBe(true);
    await journal.close();
  });

  test("names a damaged line in the middle instead of skipping it", async () => {
    const path = join(temporaryFolder(), "journal.jsonl");
    writeFileSync(path, `${JSON.stringify(reply("a"))}\n{"type":"rep\n`);
    appendFileSync(path, `${JSON.stringify(reply("b"))}\n`);
    await expect(Journal.open(path)).rejects.toThrow(/journal\.jsonl line 2: not a journal entry/);
  });

  test("reads entries of the first version, with verdicts, as answered or unreadable", async () => {
    const path = join(temporaryFolder(), "journal.jsonl");
    const old = (hash: string, verdict: string, text: string) =>
      `{"type":"reply","hash":"${hash}","verdict":"${verdict}","text":"${text}","prompt_tokens":10,"completion_tokens":5,"cost_usd":0.25}\n`;
    const lines = old("a", "ok", "one") + old("b", "cannot_rate", "two") + old("c", "failed", "three");
    writeFileSync(path, `{"type":"sent","hash":"a","cost_usd":1}\n${lines}`);
    const journal = await Journal.open(path);
    expect(["a", "b", "c"].map((hash) => journal.isAnswered(hash))).toEqual([true, true, false]);
    expect(journal.unreadable("c")).toBe(1);
    expect(journal.reply("b")).toMatchObject({ text: "two", readable: true });
    expect(journal.spentUsd).toBeCloseTo(0.75, 12);
    await journal.close();
  });

  test("cannot be shared by two runs, but a dead run's lock is taken over", async () => {
    const path = join(temporaryFolder(), "journal.jsonl");
    const journal = await Journal.open(path);
    await expect(Journal.open(path)).rejects.toThrow(/is judging with the same journal/);
    await journal.close();
    // Process numbers end at 2^22 on Linux: no process ever has this one.
    writeFileSync(`${path}.lock`, holderText({ ...thisProcess(), pid: 99_999_999 }));
    await (await Journal.open(path)).close();
  });
});
