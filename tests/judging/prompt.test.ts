import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { limitLength, neutralize } from "../../pipelines/judging/neutralize.js";
import { answerLimit, renderPrompt } from "../../pipelines/judging/prompt.js";
import { judgeRequest } from "../../pipelines/judging/request.js";
import { builtInRubricIds, loadRubric } from "../../pipelines/judging/rubrics.js";

const material = {
  question: "Dose of X?",
  answer: "45 units",
  keyPoints: ["45 units"],
  language: "en",
} as const;
const clinical = loadRubric("clinical-5");

/** Text rich in what an attacker would try. */
const hostile = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        "<",
        ">",
        "＜",
        "》",
        "<<<",
        ">>>",
        "<|im_end|>",
        "[/INST]",
        "</s>",
        "END ANSWER",
        "\u200b",
        "\u202e",
        "\0",
        "\n",
      ),
      fc.string({ unit: "grapheme", maxLength: 4 }),
    ),
    { maxLength: 40 },
  )
  .map((parts) => parts.join(""));

describe("candidate text is data", () => {
  test("no text of a candidate opens or closes a section", () => {
    fc.assert(
      fc.property(hostile, hostile, hostile, (question, answer, point) => {
        for (const id of builtInRubricIds()) {
          const { messages } = renderPrompt(loadRubric(id), {
            question,
            answer,
            keyPoints: [point],
            language: "zh",
            reference: point,
          });
          const user = messages[1]?.content ?? "";
          const fences = [...user.matchAll(/<{3,}|>{3,}/g)].length;
          const sections = [...user.matchAll(/^<<<(BEGIN|END) [A-Z ]+>>>$/gm)].length;
          expect(fences).toBe(2 * sections);
          expect(user.match(/<<<END ANSWER>>>/g)).toHaveLength(1);
        }
      }),
      { numRuns: 200 },
    );
  });

  test("no control token and no invisible character survives, even if one splits the other", () => {
    fc.assert(
      fc.property(hostile, (raw) => {
        const { text } = neutralize(raw);
        expect(text).not.toMatch(/<\|im_end\|>|\[\/INST\]|<\/s>|[\u200b\u202e\0]|<<<|＜＜＜/);
      }),
    );
    expect(neutralize("<\u200b|im_end|\u200b>").text).toBe("< |im_end| >");
    expect(neutralize("<<\u200b<END ANSWER>>>").text).toBe("< < <END ANSWER> > >");
  });

  test("clinical text stays as it is", () => {
    const text = "若 eGFR<30 且 K+>5.5 mmol/L：每日2次，每次45单位；见《指南》。\n- β-blocker ≤ 2 mg\t(q12h)";
    expect(neutralize(text)).toEqual({ text, changed: 0 });
  });

  test("a long answer is cut between code points and the prompt says so outside the answer", () => {
    const answer = "𠮷".repeat(answerLimit + 5);
    const { messages, notes } = renderPrompt(clinical, { ...material, answer });
    const user = messages[1]?.content ?? "";
    expect(user.slice(user.indexOf("<<<END ANSWER>>>"))).toContain(`${answerLimit + 5} characters`);
    expect(notes).toEqual([`answer cut: ${answerLimit} of ${answerLimit + 5} characters shown`]);
    expect(limitLength("𠮷𠮷", 1)).toEqual({ text: "𠮷", length: 2 });
  });
});

describe("hashes", () => {
  test("the prompt hash depends on rubric and wording, not on the item, the answer or the language", () => {
    const hash = renderPrompt(clinical, material).promptHash;
    expect(renderPrompt(clinical, { ...material, answer: "other", language: "zh" }).promptHash).toBe(hash);
    expect(renderPrompt({ ...clinical, version: 2 }, material).promptHash).not.toBe(hash);
    expect(renderPrompt(loadRubric("key-points"), material).promptHash).not.toBe(hash);
  });

  test("the request hash changes with model, repeat, answer and limit, and with nothing else", () => {
    const request = (changes: object, options: object = {}) =>
      judgeRequest(clinical, { ...material, ...changes }, { model: "m", ...options }).requestHash;
    const hashes = [
      request({}),
      request({ answer: "46 units" }),
      request({}, { model: "n" }),
      request({}, { repeat: 2 }),
      request({}, { maxTokens: 9 }),
    ];
    expect(new Set(hashes).size).toBe(hashes.length);
    expect(request({})).toBe(hashes[0]);
  });
});

describe("rubrics as data", () => {
  test("the clinical rubric asks the five criteria on 1 to 5, in both languages", () => {
    const ids = ["correctness", "completeness", "clinical_reasoning", "safety", "communication"];
    for (const language of ["en", "zh"] as const) {
      const system = renderPrompt(clinical, { ...material, language }).messages[0]?.content ?? "";
      for (const id of ids)
        expect(system).toContain(`"${id}": {"reason": "...", "verdict": 1 | 2 | 3 | 4 | 5 | "cannot_rate"}`);
    }
  });

  test("points of a criterion are not shown to the judge", () => {
    const { messages } = renderPrompt(loadRubric("item-criteria"), {
      ...material,
      keyPoints: [{ text: "Names the dose", points: -8 }],
    });
    expect(messages.map(({ content }) => content).join()).not.toContain("-8");
    expect(messages[1]?.content).toContain("1. Names the dose");
  });

  test("an unknown rubric is refused by name", () => {
    expect(() => loadRubric("clinical-6")).toThrow(/no rubric "clinical-6"/);
  });
});

describe("the hash of a prompt", () => {
  const key = { model: "m" } as const;

  test("is that of its content: another rubric, anchor, instruction or order of points is another measurement, and asked again", () => {
    if (clinical.kind !== "scale") throw new Error("expected a scale");
    const [first, ...others] = clinical.criteria;
    if (first === undefined) throw new Error("expected a criterion");
    const changed = [
      clinical,
      {
        ...clinical,
        instructions: { ...clinical.instructions, en: `${clinical.instructions.en} Be strict.` },
      },
      // A translation that is not shown to this item is still another measurement of the benchmark.
      { ...clinical, instructions: { ...clinical.instructions, zh: `${clinical.instructions.zh}严格。` } },
      { ...clinical, criteria: [{ ...first, asks: { ...first.asks, en: "Is it true?" } }, ...others] },
      { ...clinical, criteria: [...others, first] },
      { ...clinical, version: clinical.version + 1 },
    ];
    const requests = changed.map((rubric) => judgeRequest(rubric, { ...material, keyPoints: [] }, key));
    const hashes = changed.map((rubric) => renderPrompt(rubric, { ...material, keyPoints: [] }).promptHash);
    expect(new Set(hashes).size).toBe(changed.length);
    expect(new Set(requests.map(({ requestHash }) => requestHash)).size).toBe(changed.length);
    // The same content, read again, is the same measurement.
    const again = structuredClone(clinical);
    expect(renderPrompt(again, { ...material, keyPoints: [] }).promptHash).toBe(hashes[0]);
    expect(judgeRequest(again, { ...material, keyPoints: [] }, key).requestHash).toBe(
      requests[0]?.requestHash,
    );
  });

  test("does not depend on the item", () => {
    const hashes = ["en", "zh"].map(
      (language) =>
        renderPrompt(clinical, { ...material, answer: language, language: language as "en", keyPoints: [] })
          .promptHash,
    );
    expect(new Set(hashes).size).toBe(1);
  });
});
