import { z } from "zod";
import { readChoice } from "../metrics/choice-reader.js";
import { scoreSet } from "../metrics/set-answer.js";
import { contradictory, fromItemScore, readable, unreadable, unreadStatus } from "./component-score.js";
import { goldNames, refusedGold } from "./gold.js";
import { type GivenOptions, goldLetters, optionsByLetter } from "./gold-letters.js";
import { answerScorer } from "./scorer.js";

export const set = answerScorer({
  name: "set",
  label: { en: "Set", zh: "集合" },
  summary: "A set of option letters or of names: 1 if it equals the gold set, else 0.",
  version: "3",
  options: z.strictObject({
    kind: z.enum(["letters", "names"]).default("letters").describe("what the members of the set are"),
  }),
  pooling: "mean",
  reads: "text",
  example: { text: "A,C", gold: ["A", "C"] },
  checkGold: ({ gold, options }, { kind }) => goldMembers(gold, options, kind),
  score({ text, gold, options, question = null }, { kind }) {
    const wanted = goldMembers(gold, options, kind);
    if (kind === "names") {
      const item = scoreSet(text, wanted, { kind: "names" });
      return fromItemScore(item, {
        text,
        readBy: "names",
        counts: item.parts,
        show: ({ members }) => members.join("、"),
      });
    }
    const { status, letters, readBy } = readChoice(text ?? "", optionsByLetter(options, "set"), {
      multiple: true,
      question,
    });
    if (letters.length === 0) {
      const counts = { tp: 0, fp: 0, fn: new Set(wanted).size };
      return unreadable(unreadStatus(status), readBy, counts);
    }
    const answer = letters.join(",");
    const { score, parts } = scoreSet(answer, wanted);
    const byLetter = readable(score ?? 0, { answer, readBy, counts: parts });
    return status === "conflict" ? contradictory(byLetter) : byLetter;
  },
});

function goldMembers(gold: unknown, options: GivenOptions, kind: "letters" | "names"): string[] {
  if (kind === "letters") return goldLetters(gold, options, { scorer: "set", several: true });
  const names = goldNames(gold, "set");
  if (names.length === 0) throw refusedGold("set", gold, "expected at least one name");
  return names;
}
