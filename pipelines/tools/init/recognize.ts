import type { Column } from "./column.js";
import { fits } from "./column-fits.js";
import { asText, distinct, isLetter, isLetters, isMostly, present } from "./content.js";
import type { Harness } from "./harness.js";
import { type OptionColumn, optionsByColumn } from "./option-columns.js";
import { rankOf, type Wanted } from "./rank.js";
import type { Role } from "./role-names.js";
import { knownNames, plain } from "./roles.js";

/** What the columns of a sheet are. */
export interface Recognized {
  readonly roles: Readonly<Partial<Record<Role, Column>>>;
  /** Option columns by letter. */
  readonly optionColumns: readonly OptionColumn[];
  /** Columns that have no role. */
  readonly others: readonly Column[];
}

/** Roles in the order in which they choose their column. */
const order: readonly Wanted[] = [
  "system",
  "judge",
  "rater",
  "gold",
  "gold_lower",
  "gold_upper",
  "answer",
  "options",
  "key_points",
  "question",
  "item",
  "dataset",
  "specialty",
  "specialty_2",
  "excluded",
  "difficulty",
  "language",
  "criterion",
  "judge_score",
  "rating",
  "score",
  "parsed",
  "repeat",
  "condition",
  "finish_reason",
  "error",
  "latency_ms",
  "latency_s",
  "prompt_tokens",
  "completion_tokens",
  "cost",
  "rationale",
];

/** Decides what each column is, by names that people use and by content. `stated` columns keep the role that the user gave them. */
export function recognize(
  columns: readonly Column[],
  stated: ReadonlyMap<string, Role> = new Map(),
  harness: Harness | null = null,
): Recognized {
  const roles: Partial<Record<Role, Column>> = {};
  const taken = new Set<Column>();
  for (const column of columns) {
    const role = stated.get(column.name);
    if (role === undefined) continue;
    taken.add(column);
    if (role !== "ignore") roles[role] = column;
  }
  for (const [role, column] of harness?.roles ?? []) {
    if (roles[role] !== undefined || [...stated.values()].includes(role)) continue;
    roles[role] = column;
    taken.add(column);
  }
  const optionColumns =
    roles.options === undefined ? optionsByColumn(columns.filter((column) => !taken.has(column))) : [];
  for (const { column } of optionColumns) taken.add(column);
  const free = columns.filter(
    (column) => present([...column.values]).length > 0 && stated.get(column.name) !== "ignore",
  );
  // What a harness writes is known; other columns of its logs are not looked at.
  for (const role of harness === null ? order : []) {
    if (roles[role] !== undefined || (role === "options" && optionColumns.length > 0)) continue;
    const candidates = free
      .filter((column) => !taken.has(column) && !isInside(column, taken) && (fits[role]?.(column) ?? true))
      .map((column) => ({ column, rank: rankOf(column, role) }))
      .filter(({ rank }) => rank !== null)
      .sort((a, b) => (a.rank as number) - (b.rank as number));
    const chosen = choose(
      role,
      candidates.map(({ column }) => column),
      { roles, optionColumns, free },
    );
    if (chosen === null) continue;
    roles[role] = chosen;
    taken.add(chosen);
  }
  shareItems(roles, free);
  if (roles.rater !== undefined) roles.rater = withoutAddresses(roles.rater);
  const left = columns.filter(
    (column) =>
      !Object.values(roles).includes(column) &&
      !optionColumns.some((one) => one.column === column) &&
      !isInside(column, taken),
  );
  return { roles, optionColumns, others: left.filter(({ name }) => stated.get(name) !== "ignore") };
}

/** Raters are pseudonyms: an address is stored as a hash. */
function withoutAddresses(column: Column): Column {
  if (!isMostly(column.values, (value) => /^\S+@\S+\.\S+$/.test(asText(value) ?? ""), 0.5)) return column;
  return { ...column, sql: `concat('rater ', left(sha256(lower(trim(${column.sql}))), 8))` };
}

/** A column that is part of one that has a role already. */
function isInside(column: Column, taken: ReadonlySet<Column>): boolean {
  return [...taken].some(
    ({ name }) => column.name.startsWith(`${name}.`) || column.name.startsWith(`${name}[`),
  );
}

interface Situation {
  readonly roles: Readonly<Partial<Record<Role, Column>>>;
  readonly optionColumns: Recognized["optionColumns"];
  readonly free: readonly Column[];
}

/** The column for a role among its candidates; names that mean two things are decided by what else there is. */
function choose(
  role: Wanted,
  candidates: readonly Column[],
  { roles, optionColumns, free }: Situation,
): Column | null {
  const [best] = candidates;
  if (best === undefined) return null;
  const others = (wanted: Wanted) =>
    free.filter(
      (column) =>
        !candidates.includes(column) && rankOf(column, wanted) !== null && (fits[wanted]?.(column) ?? true),
    );
  if (role === "gold") {
    const sure = candidates.filter((column) => !isAmbiguous(column));
    const letters = sure.find(({ values }) =>
      isMostly(values, (value) => isLetter(asText(value) ?? "") || isLetters(asText(value) ?? "")),
    );
    if (letters !== undefined) return letters;
    if (sure[0] !== undefined) return sure[0];
    // "answer" is the right answer where another column has the system's, and in files of questions.
    const hasAnswer = others("answer").some((column) => !isAmbiguous(column));
    const isQuestionFile =
      roles.system === undefined &&
      (optionColumns.length > 0 || others("options").length > 0 || others("question").length > 0);
    // A file of ids and labels is the key to answers in other files.
    const name = plain(best.keys.at(-1) ?? "");
    const isKey =
      roles.system === undefined &&
      ![...knownNames.answer, ...knownNames.score].includes(name) &&
      others("answer").length === 0 &&
      others("score").length === 0;
    return hasAnswer || isQuestionFile || isKey ? best : null;
  }
  if (role === "answer")
    return candidates.find((column) => !isAmbiguous(column)) ?? (roles.gold === best ? null : best);
  return best;
}

/** Names that people use for the right answer and for the answer of a system. */
function isAmbiguous(column: Column): boolean {
  return ["answer", "答案", "label", "result", "correct"].includes(plain(column.keys.at(-1) ?? ""));
}

/** An id that no two systems share is the id of an answer: another column may name the question. */
function shareItems(roles: Partial<Record<Role, Column>>, free: readonly Column[]): void {
  const { system, item } = roles;
  if (system === undefined || item === undefined || distinct(system).size < 2) return;
  if (isShared(item, system)) return;
  const other =
    free.find(
      (column) =>
        column !== item &&
        column !== system &&
        !Object.values(roles).includes(column) &&
        rankOf(column, "item") !== null &&
        (fits.item?.(column) ?? false) &&
        isShared(column, system),
    ) ??
    (roles.question !== undefined && fits.item?.(roles.question) === true && isShared(roles.question, system)
      ? roles.question
      : undefined);
  if (other === undefined) return;
  if (roles.question === other) delete roles.question;
  roles.item = other;
}

function isShared(item: Column, system: Column): boolean {
  const systems = new Map<string, Set<string>>();
  for (const [at, value] of item.values.entries()) {
    const key = asText(value);
    const name = asText(system.values[at]);
    if (key === null || name === null) continue;
    systems.set(key, (systems.get(key) ?? new Set()).add(name));
  }
  const shared = [...systems.values()].filter((names) => names.size > 1).length;
  return shared >= systems.size / 2;
}
