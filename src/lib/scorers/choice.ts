import { z } from "zod";
import { readChoice } from "../metrics/choice-reader.js";
import { contradictory, readable, unreadable, unreadStatus } from "./component-score.js";
import { goldLetters, optionsByLetter } from "./gold-letters.js";
import { answerScorer } from "./scorer.js";

export const choice = answerScorer({
  name: "choice",
  label: { en: "Single choice", zh: "单项选择" },
  summary:
    "One option letter, compared with the gold letter. Several letters count as one wrong answer; all variants of an item must be correct.",
  version: "2",
  options: z.strictObject({}),
  pooling: "all_right",
  reads: "letters",
  example: { text: "因此答案是 B。", gold: "B", options: { A: "阿司匹林", B: "氯吡格雷" } },
  checkGold: ({ gold, options }) => goldLetters(gold, options, { scorer: "choice", several: false })[0],
  score({ text, gold, options, question = null }) {
    const [wanted] = goldLetters(gold, options, { scorer: "choice", several: false });
    const { status, answer, letters, readBy } = readChoice(text ?? "", optionsByLetter(options, "choice"), {
      question,
    });
    if (status !== "ok" && status !== "multiple" && status !== "conflict")
      return unreadable(unreadStatus(status), readBy);
    const given = status === "conflict" ? letters.join("") : answer;
    const isRight = given === wanted;
    const score = readable(isRight ? 1 : 0, { answer: letters.join(","), readBy });
    return status === "conflict" ? contradictory(score) : score;
  },
});
