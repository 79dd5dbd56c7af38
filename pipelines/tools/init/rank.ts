import type { Column } from "./column.js";
import { areCodes } from "./content.js";
import type { Role } from "./role-names.js";
import { knownNames, plain } from "./roles.js";

export type Wanted = Exclude<Role, "ignore">;

/** Roles that a field of the document around the records may have. */
const describesFile: readonly Wanted[] = [
  "system",
  "dataset",
  "judge",
  "rater",
  "specialty",
  "language",
  "condition",
];

/** How well a name fits a role: the lower the better; null if it does not. */
export function rankOf(column: Column, role: Wanted): number | null {
  if (column.speaker !== undefined) {
    const isWanted = role === (column.speaker === "system" ? "answer" : "question");
    return isWanted ? 250 + column.keys.length : null;
  }
  const names = knownNames[role];
  const keys = column.keys;
  const last = plain(keys.at(-1) ?? "");
  const generic =
    ["text", "content", "value", "string", "message", "name", "id"].includes(last) && keys.length > 1;
  const candidates = [
    plain(keys.join("")),
    ...(keys.length > 1 ? [plain(keys.slice(-2).join(""))] : []),
    ...(generic && role !== "item" ? [plain(keys.at(-2) as string)] : []),
    ...(generic && !["item", "answer"].includes(role) ? [] : [last]),
  ];
  if (column.isOutside && !describesFile.includes(role)) return null;
  // What was sent to a system is no answer of it, and that a request succeeded is no score.
  const above = keys.slice(0, -1).map(plain);
  if (
    role === "answer" &&
    above.some((key) => /^(messages|prompt|request|input|arguments|conversation|dialog)/.test(key))
  )
    return null;
  if (
    role === "score" &&
    above.some((key) => /^(request|result|results|response|status|metrics|usage)$/.test(key))
  )
    return null;
  for (const [at, candidate] of candidates.entries()) {
    const place = names.indexOf(candidate);
    if (place >= 0) return place + at * 100 + (keys.length - 1) * 20 + (column.isOutside ? 300 : 0);
  }
  if (role === "item" && keys.length === 1 && knownNames.question.includes(last) && areCodes(column))
    return 80;
  // Any other column whose name ends with "id" may be one.
  return role === "item" && keys.length === 1 && /[a-z]id$/.test(last) && !knownElsewhere.has(last)
    ? 90
    : null;
}

/** Names that have another meaning than the id of a question. */
const knownElsewhere = new Set(
  Object.entries(knownNames).flatMap(([role, names]) => (role === "item" ? [] : names)),
);
