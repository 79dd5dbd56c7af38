import { literal } from "../../warehouse/sql.js";
import type { Column } from "./column.js";

type Speaker = NonNullable<Column["speaker"]>;

/** How logs name who speaks: the system that is evaluated, and who asks it. */
const speakers: Readonly<Record<Speaker, readonly string[]>> = {
  system: ["assistant", "gpt", "model", "bot", "ai", "chatgpt", "agent", "助手", "模型"],
  user: ["user", "human", "patient", "prompter", "customer", "用户", "患者"],
};
const roleKeys = ["role", "from", "speaker", "author", "sender"];
const textKeys = ["content", "value", "text", "message", "utterance"];

type Fields = Readonly<Record<string, unknown>>;

/**
 * Columns for the last message of the system and of the user in a list of messages: `messages`, `conversations`, `turns`. None where
 * the lists are no chats, or mostly do not end with the system, so that they are only what it was asked.
 */
export function lastMessages(column: Column): Column[] {
  const lists = column.values.map((value) => (Array.isArray(value) ? (value as Fields[]) : null));
  const given = lists.filter((list) => list !== null && list.length > 0) as Fields[][];
  const roleKey = roleKeys.find((key) => given.some((list) => typeof list[0]?.[key] === "string"));
  if (given.length === 0 || roleKey === undefined) return [];
  const textKey = textKeys.find(
    (key) => key !== roleKey && given.some((list) => list.some((one) => key in (one ?? {}))),
  );
  if (textKey === undefined) return [];
  const isFrom = (message: Fields, who: Speaker) =>
    speakers[who].includes(String(message?.[roleKey] ?? "").toLowerCase());
  const ended = given.filter((list) => isFrom(list.at(-1) as Fields, "system")).length;
  const areParts = given.some((list) => list.some((one) => Array.isArray(one?.[textKey])));
  const who = ended * 2 > given.length ? (["system", "user"] as const) : (["user"] as const);
  return who.map((speaker) => {
    const own = [...new Set(given.flatMap((list) => list.map((one) => String(one?.[roleKey] ?? ""))))].filter(
      (name) => speakers[speaker].includes(name.toLowerCase()),
    );
    const field = /^\w+$/.test(roleKey) ? identifierOf(roleKey) : roleKey;
    return {
      name: `the last message of the ${speaker} in ${column.name}`,
      keys: [...column.keys, speaker],
      sql: `list_filter(${column.sql}, lambda m: m.${field} IN (${own.map(literal).join(", ")}))[-1].${textKey}${areParts ? "[1].text" : ""}`,
      values: lists.map((list) => {
        const text = list?.filter((one) => isFrom(one, speaker)).at(-1)?.[textKey];
        return Array.isArray(text) ? (text[0] as Fields | undefined)?.["text"] : text;
      }),
      isOutside: false,
      speaker,
    };
  });
}

/** `from` is a word of SQL. */
const identifierOf = (key: string): string => (key === "from" ? '"from"' : key);
