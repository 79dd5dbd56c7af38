import { existsSync } from "node:fs";
import { PassThrough } from "node:stream";
import { describe, expect, it } from "vitest";
import { TerminalQuestions } from "../../../pipelines/tools/init/terminal-questions.js";
import { csv, init } from "./workspace.js";

/** A person at a terminal, who types these lines; undefined ends the input. */
function person(...lines: readonly (string | undefined)[]) {
  const input = new PassThrough();
  const output = new PassThrough();
  const shown: string[] = [];
  output.on("data", (piece: Buffer) => shown.push(piece.toString()));
  const questions = new TerminalQuestions(() => "what was recognized\n", { input, output });
  for (const line of lines) {
    if (line === undefined) input.end();
    else input.write(`${line}\n`);
  }
  return { questions, shown: () => shown.join("") };
}

const scale = {
  id: "scale",
  text: "What is the scale?",
  option: "--scale 0-10",
  problem: (answer: string) => (/^\d-\d+$/.test(answer) ? null : `${answer} is no scale.`),
};
const grades = {
  id: "grades",
  text: "Whose grades?",
  choices: ["judge", "people"],
  option: "--grades judge",
};
const blanks = { ...grades, id: "blanks", usual: "people" };

describe("a question at the terminal", () => {
  it("is asked again until the answer is one of the choices", async () => {
    const { questions, shown } = person("", "nobody", " people ");
    expect(await questions.ask(grades)).toBe("people");
    expect(shown()).toContain("Whose grades? [judge / people] ");
    expect(shown().match(/Please choose one of judge, people\./g)).toHaveLength(2);
  });

  it("is asked again with the reason until the answer has no problem", async () => {
    const { questions, shown } = person("", "high", "0-10");
    expect(await questions.ask(scale)).toBe("0-10");
    expect(shown()).toContain("Please write an answer.\n");
    expect(shown()).toContain("high is no scale.\n");
  });

  it("takes its default from Enter alone, and shows which it is", async () => {
    const { questions, shown } = person("");
    expect(await questions.ask(blanks)).toBe("people");
    expect(shown()).toContain("[judge / people (Enter)]");
  });

  it("keeps lines that arrive before they are asked for", async () => {
    const { questions } = person("judge", "0-5");
    await new Promise((resolve) => setImmediate(resolve));
    expect([await questions.ask(grades), await questions.ask(scale)]).toEqual(["judge", "0-5"]);
  });

  it("ends with an error, not with an answer, where the input ends", async () => {
    for (const lines of [[undefined], ["nobody", undefined]]) {
      const { questions } = person(...lines);
      await expect(questions.ask(grades)).rejects.toMatchObject({
        message: "the questions were not answered",
        hint: expect.stringMatching(/Nothing was written\. Add --yes/),
      });
    }
  });
});

describe("init at a terminal", () => {
  const files = {
    "s.csv": csv(["system", "item", "score"], ["a", 1, 3], ["a", 2, 7], ["b", 1, 5], ["b", 2, ""]),
  };
  const talk = (...lines: readonly (string | undefined)[]) => {
    const { questions, shown } = person(...lines);
    const result = init(files, {
      ask: (question) => questions.ask(question),
      confirm: (proposal) => questions.confirm(proposal),
    });
    return { result, shown };
  };

  it("asks what the files leave open, shows what it recognized, and writes what was confirmed", async () => {
    const { result, shown } = talk("2-6", "1-7", "", "Ward scores", "病房", "yes");
    const { name, plan, written, mapping } = await result;
    expect(shown()).toContain('s.csv:3, column "score": 7 is not on the scale from 2 to 6');
    expect(shown()).toMatch(
      /1 of 4 scores are blank\. Are they left out of the means, or wrong \(counted as 0\)\? \[left-out \(Enter\) \/ wrong\]/,
    );
    expect(shown()).toContain("what was recognized\nName of the benchmark [S]: ");
    expect(plan.datasets[0]).toMatchObject({ options: { min: 1, max: 7 } });
    expect(plan.blanks).toBe("left out");
    expect([name, written, existsSync(mapping)]).toEqual([
      { id: "s", en: "Ward scores", zh: "病房" },
      true,
      true,
    ]);
  });

  it("takes the names that it proposes from Enter, and writes", async () => {
    const { result } = talk("1-7", "wrong", "", "", "");
    expect(await result).toMatchObject({
      name: { id: "s", en: "S", zh: null },
      written: true,
      plan: { blanks: "wrong" },
    });
  });

  it("writes nothing where the person says no, and asks again where the answer is neither", async () => {
    const { result, shown } = talk("1-7", "", "", "", "perhaps", "n");
    const { written, mapping, catalogue } = await result;
    expect(shown()).toContain("Please answer y or n.");
    expect([written, existsSync(mapping), existsSync(catalogue)]).toEqual([false, false, false]);
  });

  it.each([
    ["at the first question", [undefined]],
    ["after some answers", ["1-7", "", undefined]],
    ["at the confirmation", ["1-7", "", "", "", undefined]],
  ])("writes nothing where the input ends %s", async (_, lines) => {
    const { result } = talk(...lines);
    await expect(result).rejects.toThrow("the questions were not answered");
  });

  it("asks nothing and stops with the option where nobody can be asked, but takes defaults", async () => {
    await expect(init(files)).rejects.toMatchObject({ hint: expect.stringContaining("--scale") });
    const { plan } = await init(files, { stated: new Map([["scale", "1-7"]]) });
    expect(plan.blanks).toBe("left out");
  });
});
