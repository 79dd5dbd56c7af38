// cspell:ignore modelanswers modeloutputs modelpredictions modelresponses modelresults modelscores
import { InputError } from "../../../src/lib/errors.js";
import { cellOf } from "./cell-numbers.js";
import type { Column } from "./column.js";
import { areBlank, areScores, asText, isMostly, textsOf } from "./content.js";
import { type FileSample, placeAmong } from "./file-sample.js";
import type { Recognized } from "./recognize.js";
import { knownNames, modelWords, plain } from "./roles.js";
import { columnList } from "./score-cells.js";

/** The columns of one system or rater. */
export interface WideEntry {
  readonly name: string;
  readonly answer?: Column;
  readonly score?: Column;
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

/** What is known of the sheet whose columns are looked at. */
export interface SheetColumns {
  readonly recognized: Recognized;
  readonly columns: readonly Column[];
  readonly files: readonly FileSample[];
}

const known = new Set(Object.values(knownNames).flat());
export const isKnownName = (name: string): boolean => known.has(plain(name));

type Member = readonly [name: string, column: Column];
export const named = (column: Column): Member => [column.name.trim(), column];

/** Objects such as `model_responses: {"gpt-4": "...", "claude": "..."}`, with a key for each system. */
export function nestedFamilies(columns: readonly Column[]): Member[][] {
  const families = new Map<string, Member[]>();
  for (const column of columns) {
    const [parent, system, ...leaf] = column.keys;
    if (parent === undefined || system === undefined || column.isOutside || leaf.length > 1) continue;
    if (
      column.name.includes("[") ||
      column.values.some((value) => typeof value === "object" && value !== null)
    )
      continue;
    const [what = ""] = leaf;
    if (leaf.length > 0 && ![...affixes.answer, ...affixes.score, "text", "content"].includes(plain(what)))
      continue;
    const key = `${parent}\0${what}`;
    families.set(key, [...(families.get(key) ?? []), [system, column]]);
  }
  return [...families].flatMap(([key, members]) => {
    const [parent = ""] = key.split("\0");
    const areModels = members.filter(([name]) => modelWords.test(name)).length * 2 > members.length;
    const isNamed = systemsBelow.has(plain(parent)) && members.every(([name]) => !isKnownName(name));
    return members.length >= 2 && (areModels || isNamed) ? [members] : [];
  });
}

const systemsBelow = new Set(
  `responses modelresponses outputs modeloutputs answers modelanswers predictions modelpredictions completions generations
   scores modelscores models systems results modelresults replies 回答 模型回答`.split(/\s+/),
);

const isLetters = (column: Column): boolean =>
  isMostly(column.values, (value) => /^[A-Za-z]$/.test(asText(value) ?? ""));

/** Columns of letters or texts have answers, those of numbers scores: all of a family have one of both. */
export function familyOf(members: readonly Member[], { files }: SheetColumns): WideEntry[] {
  const isScore = ([, column]: Member) => areScores(column) && !isLetters(column);
  const isText = (member: Member) => !isScore(member) && !areBlank(member[1]);
  const scores = members.filter(isScore);
  const texts = members.filter(isText);
  // A column such as "gpt-4 reason" is about the system of the column "gpt-4".
  const extra = (member: Member, others: readonly Member[]) =>
    others.some(([name]) => member[0] !== name && new RegExp(`^${escaped(name)}[\\s_.:|(-]`).test(member[0]));
  const areAnswers = texts.length > scores.length;
  const [many, few] = areAnswers ? [texts, scores] : [scores, texts];
  const left = few.filter((member) => !extra(member, many));
  const [odd] = areAnswers ? [] : left;
  if (odd !== undefined && scores.length > 0) {
    const [name, column] = odd;
    const at = column.values.findIndex((value) => cellOf(value).kind === "text");
    throw new InputError(
      `${placeAmong(files, at)}: column ${JSON.stringify(name)} has ${JSON.stringify(column.values[at])}, where ${columnList(scores.map(([, one]) => one))} ${scores.length === 1 ? "has" : "have"} scores`,
      {
        hint: `Name the columns of the systems with --systems COLUMN ..., or leave this one out: --column ignore=${JSON.stringify(name)}.`,
      },
    );
  }
  return members
    .filter((member) => !few.includes(member) || left.includes(member))
    .map(([name, column]) =>
      areAnswers || scores.length === 0 ? { name, answer: column } : { name, score: column },
    );
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

export function byAffix(columns: readonly Column[], { files }: SheetColumns): WideEntry[] {
  const found = new Map<string, { answer?: Column; score?: Column }>();
  const texts: Column[] = [];
  for (const column of columns) {
    const split = splitName(column.name);
    if (split === null) continue;
    if (split.kind === "score" && !areScores(column) && !areBlank(column)) {
      texts.push(column);
      continue;
    }
    if (split.kind === "answer" && textsOf(column).length === 0) continue;
    found.set(split.system, { ...found.get(split.system), [split.kind]: column });
  }
  const scored = [...found.values()].flatMap(({ score }) => score ?? []);
  const [odd] = texts;
  if (odd !== undefined && scored.length >= 2 && scored.some(areScores)) {
    const at = odd.values.findIndex((value) => cellOf(value).kind === "text");
    throw new InputError(
      `${placeAmong(files, at)}: column ${JSON.stringify(odd.name)} has ${JSON.stringify(odd.values[at])} and other texts, where ${columnList(scored)} have scores`,
      { hint: `Correct the cells, or leave the column out: --column ignore=${JSON.stringify(odd.name)}.` },
    );
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
