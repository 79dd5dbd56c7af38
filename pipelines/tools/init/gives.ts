import { InputError } from "../../../src/lib/errors.js";
import { areScores } from "./content.js";
import { criteriaColumns } from "./criteria-columns.js";
import { type Answers, answerTo } from "./open-question.js";
import { filesOf, type Placed } from "./planned.js";
import type { Recognized } from "./recognize.js";
import type { Role } from "./role-names.js";
import type { Sheet } from "./sheets.js";

/** Which tables the rows of a sheet are for. */
export function givesOf(sheet: Sheet, answers: Answers): Placed["gives"] {
  const { recognized, wide } = sheet;
  const { roles, optionColumns, others } = recognized;
  const kind = kindOfUnnamed(sheet, answers);
  const isOnlyJudged =
    roles.judge_score !== undefined && roles.rating === undefined && roles.score === undefined;
  const isRated =
    kind === "people" ||
    roles.rating !== undefined ||
    wide?.what === "rater" ||
    (roles.rater !== undefined && !isOnlyJudged);
  const isJudged =
    kind === "judge" ||
    roles.judge_score !== undefined ||
    (!isRated && roles.judge !== undefined && (roles.score !== undefined || others.some(areScores)));
  const hasItem = roles.item !== undefined || roles.question !== undefined;
  return {
    items:
      roles.gold !== undefined ||
      roles.key_points !== undefined ||
      roles.options !== undefined ||
      optionColumns.length > 0 ||
      (roles.question !== undefined && roles.item !== undefined) ||
      (roles.specialty !== undefined && hasItem),
    responses:
      kind === "scores" ||
      roles.answer !== undefined ||
      wide?.what === "system" ||
      (!isRated && !isJudged && roles.score !== undefined),
    judgments: isJudged,
    ratings: isRated,
    meansOfColumns: kind === "scores",
  };
}

/** The columns of grades of a sheet that no name explains; empty for any other sheet. */
function unnamedGrades({ recognized: { roles, others }, wide }: Sheet) {
  const known = [
    roles.score,
    roles.judge_score,
    roles.rating,
    roles.gold,
    roles.answer,
    roles.judge,
    roles.rater,
  ];
  const isClear = wide !== null || known.some((column) => column !== undefined);
  return isClear || roles.item === undefined || roles.system === undefined
    ? []
    : criteriaColumns(undefined, others);
}

/** Who gave the grades of a sheet that has several columns of them and nothing else that says so; null for any other sheet. */
function kindOfUnnamed(sheet: Sheet, answers: Answers): string | null {
  const grades = unnamedGrades(sheet);
  if (grades.length === 0) return null;
  return answerTo(answers, {
    id: "grades",
    text: `${sheet.files[0]?.file}: what are the numbers in ${grades
      .map(({ name }) => name)
      .slice(0, 6)
      .join(", ")}: grades by a judge model, grades by people, or finished scores?`,
    choices: ["judge", "people", "scores"],
    option: "--grades judge, --grades people or --grades scores",
  });
}

const columnOfKind: Readonly<Record<string, Extract<Role, "judge_score" | "rating" | "score">>> = {
  judge: "judge_score",
  people: "rating",
  scores: "score",
};

/**
 * The sheets with grades as the user says who gave them, whatever the names of their columns say.
 *
 * @throws InputError where two columns could be meant
 */
export function withGradesAsStated(
  sheets: readonly Sheet[],
  stated: ReadonlyMap<string, Role>,
  answers: Answers,
): readonly Sheet[] {
  return sheets.map((sheet) => {
    const { roles } = sheet.recognized;
    const named = (["score", "judge_score", "rating"] as const).filter((role) => roles[role] !== undefined);
    const [only, ...more] = named;
    const isNamed = [...stated.values()].some((role) => role === "judge_score" || role === "rating");
    const who = roles.judge ?? roles.rater;
    const isUnnamed =
      only === undefined &&
      who !== undefined &&
      criteriaColumns(undefined, sheet.recognized.others).length > 0;
    // Columns that the user named with their role keep it.
    if (isNamed || !(only !== undefined || isUnnamed || sheet.wide?.what === "rater")) return sheet;
    const kind = answers.get("grades");
    if (kind === undefined) return sheet;
    if (sheet.wide?.what === "rater" && only === undefined) {
      if (kind === "people") return sheet;
      throw new InputError(
        `--grades ${kind}: ${filesOf(sheet)} has a column for each rater, so its grades are by people`,
        {
          hint: "Leave the option out, or name the column of the grades: --column judge_score=COLUMN.",
        },
      );
    }
    if (more.length > 0)
      throw new InputError(
        `--grades ${kind}: ${filesOf(sheet)} has several columns of grades: ${named.map((role) => JSON.stringify(roles[role]?.name)).join(", ")}`,
        {
          hint: "Say what each is: --column judge_score=COLUMN, --column rating=COLUMN or --column score=COLUMN.",
        },
      );
    return { ...sheet, recognized: { ...sheet.recognized, roles: rolesAs(kind, only ?? "score", roles) } };
  });
}

function rolesAs(
  kind: string,
  role: "score" | "judge_score" | "rating",
  roles: Recognized["roles"],
): Recognized["roles"] {
  const { [role]: grades, judge, rater, ...others } = roles;
  const who = judge ?? rater;
  return {
    ...others,
    ...(grades === undefined ? {} : { [columnOfKind[kind] as Role]: grades }),
    ...(who === undefined || kind === "scores" ? {} : { [kind === "judge" ? "judge" : "rater"]: who }),
  };
}
