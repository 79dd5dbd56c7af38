import { InputError } from "../../../src/lib/errors.js";
import type { Plan, PlannedTable } from "./planned.js";
import type { Role } from "./role-names.js";
import type { Sheet } from "./sheets.js";

type Table = keyof Plan["tables"];

const everywhere: readonly Table[] = ["items", "responses", "judgments", "ratings"];
const graded: readonly Table[] = ["judgments", "ratings"];

/** In which tables a column with a role has to be. */
const tablesOf: Readonly<Record<Exclude<Role, "ignore">, readonly Table[]>> = {
  ...{
    item: everywhere,
    dataset: everywhere,
    system: ["responses", ...graded],
    question: ["items", "responses"],
  },
  ...{
    options: ["items"],
    gold: ["items"],
    gold_lower: ["items"],
    gold_upper: ["items"],
    key_points: ["items"],
  },
  ...{
    specialty: ["items"],
    specialty_2: ["items"],
    excluded: ["items"],
    difficulty: ["items"],
    language: ["items"],
  },
  ...{ answer: ["responses"], parsed: ["responses"], score: ["responses", ...graded] },
  ...{ judge: ["judgments"], judge_score: ["judgments"], rationale: ["judgments"] },
  ...{
    rater: ["ratings", "judgments"],
    rating: ["ratings"],
    criterion: graded,
    repeat: ["responses", ...graded],
  },
  ...{ condition: ["responses"], finish_reason: ["responses"], error: ["responses"] },
  ...{ latency_ms: ["responses"], latency_s: ["responses"], prompt_tokens: ["responses"] },
  ...{ completion_tokens: ["responses"], cost: ["responses"] },
};

const made: Readonly<Record<Table, string>> = {
  items: "no questions are made from its file",
  responses: "no answers or scores of systems are made from its file",
  judgments: "no grades by a judge are made from its file (--column judge_score=COLUMN)",
  ratings: "no ratings by people are made from its file (--column rating=COLUMN)",
};

/** @throws InputError if a column that the user named with a role is in none of the tables */
export function requireStatedColumns(
  tables: Plan["tables"],
  sheets: readonly Sheet[],
  stated: ReadonlyMap<string, Role>,
): void {
  for (const [name, role] of stated) {
    if (role === "ignore") continue;
    const columns = sheets.flatMap((sheet) => sheet.columns.filter((column) => column.name === name));
    const places = tablesOf[role];
    const isUsed = places.some((place) => columns.some(({ sql }) => isIn(sql, tables[place])));
    if (isUsed) continue;
    const exists = places.find((place) => tables[place] !== undefined);
    throw new InputError(
      `--column ${role}=${name} has no effect: ${reasonOf(role) ?? (exists === undefined ? made[places[0] as Table] : "another column or rule decides this here")}`,
      { hint: "Leave the option out, or name the other columns that it needs." },
    );
  }
}

function reasonOf(role: Role): string | null {
  if (role === "gold_lower" || role === "gold_upper")
    return "limits count only next to right answers that are numbers (--column gold=COLUMN), and both are needed";
  if (role === "gold" || role === "options")
    return "answers that are not texts or numbers cannot be compared with it";
  if (role === "latency_s") return "the time in milliseconds is taken";
  return null;
}

function isIn(sql: string, table: PlannedTable | undefined): boolean {
  if (table === undefined) return false;
  const text = [table.from, ...Object.values(table.columns)].join("\n");
  const escaped = sql.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`(?<![\\w"'.])${escaped}(?![\\w"'])`).test(text);
}
