import { chineseSentences } from "./chinese.js";
import type { Message, Sentences } from "./codes.js";
import { englishSentences } from "./english.js";
import { readMessage } from "./message.js";

/** Languages of the messages. */
export type Language = "en" | "zh";

const languages: Readonly<Record<Language, Sentences>> = { en: englishSentences, zh: chineseSentences };

/**
 * A message in a language.
 *
 * @example renderMessage({ code: "too-few-rated-items", parameters: { found: 1, wanted: 10 } }, "en") // "1 rated item; at least 10 needed"
 */
export function renderMessage({ code, parameters }: Message, language: Language): string {
  return (languages[language][code] as (parameters: Message["parameters"]) => string)(parameters);
}

/** The text of a message from the two columns of a table, in a language; empty if there is no message. */
export function renderStored(code: string | null, parametersText: string | null, language: Language): string {
  return code === null ? "" : renderMessage(readMessage(code, parametersText), language);
}
