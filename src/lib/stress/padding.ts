import { replaceSpan } from "./edit.js";
import type { MutationOperator } from "./operator.js";
import { isJsonShaped, pickOne } from "./places.js";

const greetings = {
  zh: ["您好，感谢您的提问。", "您好，很高兴为您解答。"],
  en: ["Hello, and thank you for your question. ", "Thank you for asking; I am glad to help. "],
} as const;
const farewells = {
  zh: ["希望以上内容对您有所帮助。", "感谢您的耐心阅读。"],
  en: [" I hope that this helps.", " Thank you for reading."],
} as const;

/**
 * A greeting before the answer or a farewell after it; no medical content. Not applied to JSON, which it would break.
 */
export const politenessAdded: MutationOperator = {
  id: "politeness-added",
  kind: "harmless",
  summary: "a greeting or a farewell added",
  apply: (answer, { language }, random) => {
    if (answer.trim() === "" || isJsonShaped(answer)) return null;
    const greeting = pickOne(greetings[language], random);
    const farewell = pickOne(farewells[language], random);
    const at = pickOne([0, answer.length], random);
    return replaceSpan(answer, { start: at, end: at }, at === 0 ? greeting : farewell);
  },
};
