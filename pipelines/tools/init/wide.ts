import { literal } from "../../warehouse/sql.js";
import type { Column } from "./columns.js";
import { areNames, areScores, asText, isMostly, textsOf } from "./content.js";
import type { Recognized } from "./recognize.js";
import { knownNames, modelWords, plain } from "./roles.js";

/** A sheet with a column for each system or rater. */
export interface Wide {
  readonly what: "system" | "rater";
  readonly entries: readonly { readonly name: string; readonly answer?: Column; readonly score?: Column }[];
}

type Kind = "answer" | "score";

const separators = /^[\s_.\-–—:：/|()（）[\]【】]+|[\s_.\-–—:：/|()（）[\]【】]+$/g;
/** What may be before or after the name of a system in the name of its column. */
const affixes: Readonly<Record<Kind, readonly string[]>> = {
  answer: [...knownNames.answer, "choice", "ans", "选择", "选项", "结果"],
  score: [...knownNames.score, "correctness", "acc", "评分", "得分", "grade", "rating"],
};
/** Beginnings of names that are no systems. */
const notSystems = new Set(
  [
    ...[
      "correct",
      "right",
      "gold",
      "true",
      "expected",
      "reference",
      "target",
      "model",
      "llm",
      "predicted",
      "pred",
      "raw",
      "final",
      "best",
    ],
    ...[
      "human",
      "judge",
      "question",
      "total",
      "overall",
      "average",
      "mean",
      "标准",
      "正确",
      "参考",
      "模型",
      "人工",
      "专家",
      "总",
      "平均",
      "max",
      "min",
    ],
  ].map(plain),
);

const raterName =
  /^(?:(?:rater|annotator|reviewer|physician|doctor|expert|human|evaluator|clinician|coder|assessor|grader|专家|医生|医师|评审|评委|标注员?|评分人)[\s_.-]*(?:\d+|[A-Z]|[一二三四五六])|R\d+)(?:[\s_.-]*(?:score|rating|grade|评分|打分|得分))?$/i;

const systemName = /^(?:model|system|llm|模型|系统|大模型)[\s_.-]*(?!name|id)[\p{L}\p{N}]{1,12}$/iu;

/** Finds the columns of systems or raters in a sheet that has no column for them; null where there are none. */
export function findWide(
  { roles, others }: Recognized,
  columns: readonly Column[],
  stated: readonly string[],
): Wide | null {
  if (stated.length > 0) {
    const chosen = columns.filter(({ name }) => stated.includes(name));
    return chosen.length === 0
      ? null
      : { what: "system", entries: chosen.map((column) => entryOf(column.name, column)) };
  }
  const free = [
    ...others,
    ...[roles.answer, roles.score, roles.parsed].filter((column) => column !== undefined),
  ].filter(({ keys, isOutside }) => keys.length === 1 && !isOutside);
  if (roles.rater === undefined) {
    const raters = others.filter((column) => raterName.test(column.name.trim()) && areScores(column));
    if (raters.length >= 2)
      return {
        what: "rater",
        entries: raters.map((column) => ({ name: column.name.trim(), score: column })),
      };
  }
  if (roles.system !== undefined) return null;
  const named = byAffix(free);
  if (named.length >= 2) return { what: "system", entries: named };
  const models = others.filter(
    (column) =>
      column.keys.length === 1 &&
      (modelWords.test(column.name) || systemName.test(column.name.trim())) &&
      (areScores(column) || areNames(column, 100_000)),
  );
  const entries = models.map((column) => entryOf(column.name.trim(), column));
  const areAnswers = entries.filter(({ answer }) => answer !== undefined);
  const alike =
    areAnswers.length * 2 >= entries.length ? areAnswers : entries.filter(({ score }) => score !== undefined);
  return alike.length >= 2 ? { what: "system", entries: alike } : null;
}

/** A column of letters or texts has answers, one of numbers has scores. */
function entryOf(name: string, column: Column): Wide["entries"][number] {
  return areScores(column) && !isMostly(column.values, (value) => /^[A-Za-z]$/.test(asText(value) ?? ""))
    ? { name, score: column }
    : { name, answer: column };
}

function byAffix(columns: readonly Column[]): Wide["entries"][number][] {
  const found = new Map<string, { answer?: Column; score?: Column }>();
  for (const column of columns) {
    const split = splitName(column.name);
    if (split === null) continue;
    const isNumeric = areScores(column);
    if (split.kind === "score" && !isNumeric) continue;
    if (split.kind === "answer" && textsOf(column).length === 0) continue;
    found.set(split.system, { ...found.get(split.system), [split.kind]: column });
  }
  return [...found].map(([name, entry]) => ({ name, ...entry }));
}

function splitName(name: string): { system: string; kind: Kind } | null {
  const parts = name.trim().split(/([\s_\-–—:：/|()（）]+)/);
  for (const kind of ["answer", "score"] as const) {
    for (const size of [3, 1]) {
      const tail = parts.slice(-size).join("");
      const head = parts.slice(0, size).join("");
      for (const [affix, rest] of [
        [tail, parts.slice(0, -size).join("")],
        [head, parts.slice(size).join("")],
      ] as const) {
        const system = rest.replace(separators, "");
        if (system !== "" && affixes[kind].includes(plain(affix)) && !notSystems.has(plain(system)))
          return { system, kind };
      }
    }
    // Chinese writes the two without a separator: GPT4回答.
    const glued = affixes[kind].find(
      (affix) =>
        /\p{Script=Han}/u.test(affix) && name.trim().endsWith(affix) && name.trim().length > affix.length,
    );
    const system = glued === undefined ? "" : name.trim().slice(0, -glued.length).replace(separators, "");
    if (system !== "" && !notSystems.has(plain(system))) return { system, kind };
  }
  return null;
}

/** The alias of the entry of one system or rater. */
export const wideAlias = "each";

/** SQL for a row for each system or rater of a wide sheet. */
export function unnested(from: string, { entries }: Wide, scoreSql: (column: Column) => string): string {
  const rows = entries.map(({ name, answer, score }) => {
    const fields = [
      `who: ${literal(name)}`,
      ...(entries.some((one) => one.answer !== undefined) ? [`answer: ${answer?.sql ?? "NULL"}`] : []),
      ...(entries.some((one) => one.score !== undefined)
        ? [`score: ${score === undefined ? "NULL" : scoreSql(score)}`]
        : []),
    ];
    return `{${fields.join(", ")}}`;
  });
  return `SELECT *, unnest([\n${rows.map((row) => `  ${row}`).join(",\n")}\n]) AS ${wideAlias} FROM ${from}`;
}
