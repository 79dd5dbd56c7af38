import { z } from "zod";
import { scoreLabels } from "../metrics/label-sets.js";
import { scoreSet } from "../metrics/set-answer.js";
import { fromItemScore } from "./component-score.js";
import { goldList } from "./gold.js";
import { answerScorer } from "./scorer.js";

export const labelSet = answerScorer({
  name: "label_set",
  label: { en: "Label set", zh: "标签集合" },
  summary: "A set of labels: micro F1 of the labels of all items together.",
  version: "1",
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
  score({ text, gold }, { source, empty }) {
    const wanted = goldList(gold, "label_set");
    if (source === "names") {
      const item = scoreSet(text, wanted, { kind: "names" });
      const score = item.parsed?.overlap.f1 ?? null;
      return fromItemScore(
        { ...item, score },
        { text, readBy: "names", counts: item.parts, show: ({ members }) => members.join("|") },
      );
    }
    const format = source === "json_keys" ? "json-keys" : "separated";
    const item = scoreLabels(text, wanted, {
      format,
      ...(source === "letters" ? { separator: /[,，、;；\s]+/u } : {}),
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
