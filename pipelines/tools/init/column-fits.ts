import type { Column } from "./column.js";
import {
  areCodes,
  areNames,
  areNumbers,
  areScores,
  areWholeNumbers,
  asText,
  distinct,
  isMostly,
  present,
  textsOf,
} from "./content.js";
import type { Role } from "./role-names.js";
import { plain } from "./roles.js";

/** Which contents a role accepts. */
export const fits: Readonly<Partial<Record<Exclude<Role, "ignore">, (column: Column) => boolean>>> = {
  // A remark or a total below a sheet has no id.
  item: (column) =>
    areNames(column) && (coverage(column) > 0.9 || nBlank(column) <= 2) && coverage(column) > 0.5,
  question: (column) =>
    isMostly(column.values, (value) => typeof value === "string") &&
    averageLength(column.values) >= 4 &&
    !areCodes(column),
  options: ({ values }) => isMostly(values, isOptions),
  gold: ({ values }) =>
    present(values).length > 0 && !isMostly(values, (value) => typeof value === "boolean"),
  key_points: ({ values }) => isMostly(values, Array.isArray),
  answer: ({ values }) => isMostly(values, (value) => asText(value) !== null, 0.9),
  dataset: (column) => areNames(column) && !areNumbersWithFraction(column),
  specialty: isText,
  specialty_2: isText,
  excluded: (column) => areScores(column) && distinct(column).size <= 2,
  difficulty: (column) => areNames(column, 40),
  language: (column) => areNames(column, 20),
  gold_lower: ({ values }) => isMostly(values, isNumberLike, 0.5),
  gold_upper: ({ values }) => isMostly(values, isNumberLike, 0.5),
  // A column called run has names of systems or numbers of attempts.
  system: (column) =>
    areNames(column) &&
    (plain(column.keys.at(-1) ?? "").startsWith("run")
      ? !areNumbers(column)
      : !areNumbersWithFraction(column)),
  judge: (column) => areNames(column) && !areScores(column),
  rater: (column) => areNames(column) && !areNumbersWithFraction(column),
  criterion: (column) => areNames(column) && !areNumbers(column),
  judge_score: areScores,
  rating: areScores,
  score: areScores,
  parsed: (column) => areNames(column, 60),
  repeat: (column) => areWholeNumbers(column) && distinct(column).size <= 200,
  condition: (column) => areNames(column, 100) && !areNumbers(column),
  finish_reason: (column) => areNames(column, 60),
  error: ({ values }) => isMostly(values, (value) => typeof value === "string"),
  latency_ms: areNumbers,
  latency_s: areNumbers,
  prompt_tokens: areNumbers,
  completion_tokens: areNumbers,
  cost: areNumbers,
  rationale: ({ values }) => isMostly(values, (value) => typeof value === "string"),
};

function isNumberLike(value: unknown): boolean {
  return /^\s*-?\d+(\.\d+)?\s*$/.test(asText(value) ?? "x");
}

function isText(column: Column): boolean {
  if (
    isMostly(
      column.values,
      (value) => Array.isArray(value) && value.length > 0 && value.every((one) => typeof one === "string"),
    )
  )
    return true;
  return (
    areNames(column, 100) &&
    !areNumbersWithFraction(column) &&
    distinct(column).size <= Math.max(30, column.values.length / 2)
  );
}

function areNumbersWithFraction(column: Column): boolean {
  return areNumbers(column) && !areWholeNumbers(column);
}

function nBlank({ values }: Column): number {
  return values.length - present([...values]).length;
}

function coverage({ values }: Column): number {
  return present([...values]).length / Math.max(1, values.length);
}

function averageLength(values: readonly unknown[]): number {
  const texts = textsOf({ values });
  return texts.reduce((sum, text) => sum + text.length, 0) / Math.max(1, texts.length);
}

/** An entry of `choices` as APIs of models give it: a response, not an option. */
function isCompletion(value: unknown): boolean {
  return (
    typeof value === "object" &&
    value !== null &&
    ["message", "finish_reason", "turns", "delta", "logprobs", "role"].some((key) => key in value)
  );
}

function isOptions(value: unknown): boolean {
  if (Array.isArray(value)) return value.length >= 2 && !value.some(isCompletion);
  if (typeof value === "object" && value !== null)
    return Object.keys(value).length >= 2 && !isCompletion(value);
  return (
    typeof value === "string" &&
    /(?:^|[\s\n|;；"'[{,])[("']?A["']?\s*[).:：、．"'\]]|^\s*\[/.test(value) &&
    value.length > 5
  );
}
