import { z } from "zod";
import { readChoice } from "../metrics/choice-reader.js";
import { scoreLabels } from "../metrics/label-sets.js";
import { scoreSet } from "../metrics/set-answer.js";
import { missedBy, setOverlap } from "../metrics/set-overlap.js";
import { contradictory, fromItemScore, readable, unreadable, unreadStatus } from "./component-score.js";
import { goldList, goldNames, refusedGold, unwrapped } from "./gold.js";
import { type GivenOptions, goldLetters, optionsByLetter } from "./gold-letters.js";
import { answerScorer } from "./scorer.js";

export const labelSet = answerScorer({
  name: "label_set",
  label: { en: "Label set", zh: "标签集合" },
  summary:
    "A set of labels: micro F1 of the labels of all items together. An answer that is missing or unreadable misses all labels of its item, and one where no label applies.",
  version: "3",
  options: z.strictObject({
    source: z
      .enum(["text", "letters", "names", "json_keys"])
      .default("text")
      .describe(
        "where the labels are: separated by | in the text, option letters, names in a list or sentence, or the keys of a JSON object",
      ),
    empty: z.array(z.string()).optional().describe("texts that mean that no label applies"),
  }),
  pooling: "micro_f1",
  reads: "text",
  example: { text: "发热|咳嗽", gold: ["发热", "咳嗽"] },
  checkGold: ({ gold, options }, settings) => goldLabels(gold, options, settings),
  score({ text, gold, options, question = null }, { source, empty }) {
    const wanted = goldLabels(gold, options, { source, empty });
    if (source === "names") {
      const item = scoreSet(text, wanted, { kind: "names" });
      const score = item.parsed?.overlap.f1 ?? null;
      return fromItemScore(
        { ...item, score },
        { text, readBy: "names", counts: item.parts, show: ({ members }) => members.join("|") },
      );
    }
    if (source === "letters") {
      const { status, letters, readBy } = readChoice(text ?? "", optionsByLetter(options, "label_set"), {
        multiple: true,
        question,
      });
      const { tp, fp, fn, f1 } = setOverlap(wanted, letters);
      const counts = { tp, fp, fn };
      if (letters.length === 0)
        return unreadable(unreadStatus(status), readBy, { ...counts, fn: missedBy(fn) });
      const byLetter = readable(f1, { answer: letters.join("|"), readBy, counts });
      return status === "conflict" ? contradictory(byLetter) : byLetter;
    }
    const format = source === "json_keys" ? "json-keys" : "separated";
    const item = scoreLabels(text, wanted, {
      format,
      ...(empty === undefined ? {} : { none: empty }),
    });
    return fromItemScore(item, {
      text,
      readBy: format,
      counts: item.parts,
      show: ({ labels }) => labels.join("|"),
    });
  },
});

interface LabelSetSettings {
  readonly source: "text" | "letters" | "names" | "json_keys";
  readonly empty?: readonly string[] | undefined;
}

/** The labels of a gold answer; an empty list means that no label applies. */
function goldLabels(
  gold: unknown,
  options: GivenOptions,
  { source, empty = [] }: LabelSetSettings,
): string[] {
  const list = unwrapped(gold, "[");
  if (Array.isArray(list) && list.length === 0) return [];
  if (source === "letters") {
    const isNone = typeof gold === "string" && empty.includes(gold.trim());
    return isNone ? [] : goldLetters(gold, options, { scorer: "label_set", several: true });
  }
  if (source === "names") return goldNames(gold, "label_set");
  // A list is taken label by label; only in one text does a separator have to be found.
  if (typeof list === "string" && !/[|｜]/u.test(list) && /[,，、;；\r\n]/u.test(list))
    throw refusedGold(
      "label_set",
      gold,
      "a text with separators other than |",
      "map a list of labels, for example to_json(string_split(answer, '、'))",
    );
  return goldList(gold, "label_set", source === "text" || typeof list === "string" ? /[|｜]/u : /(?!)/u);
}
