import {
  type Axis,
  constant,
  itemAxis,
  modelShare,
  ofColumn,
  ofLevel,
  type PathLevel,
  stemOf,
  varyingLevels,
} from "./axes.js";
import { asText, distinct } from "./content.js";
import { givesOf } from "./gives.js";
import { taskOf } from "./harness.js";
import { type Answers, answerTo } from "./open-question.js";
import { filesOf, type Placed } from "./planned.js";
import type { Sheet } from "./sheets.js";
import { type Wide, wideAlias } from "./wide.js";

/** How a dataset is found where nothing names one. */
export const oneDataset = "one dataset";

/** Finds question, system and dataset of the rows of a sheet. */
export function place(sheet: Sheet, all: readonly Sheet[], answers: Answers, benchmark: string): Placed {
  const { files } = sheet;
  const n = files.reduce((sum, { records }) => sum + records.length, 0);
  const gives = givesOf(sheet, answers);
  const item = itemAxis(sheet.recognized, files);
  const levels = varyingLevels(files);
  const needsSystem = gives.responses || gives.judgments || gives.ratings;
  const chosen = needsSystem ? systemAxis(sheet, all, { levels, item, n }, answers) : null;
  const left = levels.filter((level) => level !== chosen?.level);
  return {
    sheet,
    item,
    system: chosen?.axis ?? null,
    dataset: datasetAxis({ sheet, levels: left, item, system: chosen?.axis ?? null, n }, answers, benchmark),
    gives,
  };
}

interface Rows {
  readonly levels: readonly PathLevel[];
  readonly item: Axis;
  readonly n: number;
}

/** Where the name of the system comes from; with the part of the paths, if it is one. */
function systemAxis(
  sheet: Sheet,
  all: readonly Sheet[],
  { levels, item, n }: Rows,
  answers: Answers,
): { readonly axis: Axis; readonly level?: PathLevel } {
  const { recognized, files, wide } = sheet;
  const { roles } = recognized;
  if (wide?.what === "system") return { axis: columnEach(wide, n) };
  if (roles.system !== undefined) return { axis: ofColumn(roles.system) };
  const stated = answers.get("system");
  if (stated !== undefined) return { axis: constant(stated, n, "as stated") };
  const level =
    levels.length > 0 ? systemLevel(levels, sheet, item, roles.dataset !== undefined, answers) : null;
  if (level !== null) return { axis: ofLevel(level, files), level };
  const asked = (where: string, more: { text?: string; choices?: readonly string[] } = {}) =>
    answerTo(answers, {
      id: "system",
      text: `Which system gave the answers in ${where}?${more.text ?? ""}`,
      ...(more.choices === undefined ? {} : { choices: more.choices }),
      option: "--system NAME",
    });
  const file = files[0]?.file ?? "system";
  if (taskOf(files[0]?.file ?? "") !== null)
    return {
      axis: constant(asked(filesOf(sheet), { text: " Its name is not in the file." }), n, "as stated"),
    };
  const others = all
    .filter((other) => other !== sheet)
    .flatMap(({ recognized: known }) =>
      known.roles.system === undefined ? [] : [...distinct(known.roles.system)],
    );
  const only = [...new Set(others)];
  if (files.length === 1 && only.length > 1)
    return { axis: constant(asked(file, { choices: only }), n, "as stated") };
  return {
    axis: constant(
      files.length === 1 ? systemOfFile(file) : asked(filesOf(sheet)),
      n,
      "the name of the file, because no column names a system",
    ),
  };
}

function columnEach({ entries }: Wide, n: number): Axis {
  const names = entries.map(({ name }) => name).slice(0, 6);
  const more = entries.length > 6 ? `, and ${entries.length - 6} more` : "";
  return {
    sql: `${wideAlias}.who`,
    values: new Array<null>(n).fill(null),
    words: `one column each: ${names.join(", ")}${more}`,
  };
}

/** The name of a file without a word such as `answers_`. */
function systemOfFile(file: string): string {
  return stemOf(file.split("/").at(-1) as string).replace(
    /^(?:answers?|responses?|outputs?|results?)[_\- ]+(?=.)/i,
    "",
  );
}

/** Which varying part of the paths names the systems: the one with names of models, or the only one if files repeat the questions. */
function systemLevel(
  levels: readonly PathLevel[],
  sheet: Sheet,
  item: Axis,
  hasDataset: boolean,
  answers: Answers,
) {
  const likely = [...levels].sort((a, b) => modelShare(b) - modelShare(a))[0];
  if (likely !== undefined && modelShare(likely) > 0.5) return likely;
  const [only, ...more] = levels;
  if (only !== undefined && more.length === 0 && (hasDataset || repeatsItems(sheet, item))) return only;
  const names = levels.map(
    ({ words, byFile }) => `${words} (${[...new Set(byFile.values())].slice(0, 3).join(", ")})`,
  );
  const answer = answerTo(answers, {
    id: "system",
    text: `What names the system in ${sheet.files[0]?.file}: ${names.join(", or ")}? Or write the name of the one system.`,
    option: "--system NAME, or a column with the system",
  });
  return levels.find(({ words }) => words === answer) ?? null;
}

/** Whether files have the same questions (of one system, if it is known), so that each file is another system or attempt. */
function repeatsItems(sheet: Sheet, item: Axis, system: Axis | null = null): boolean {
  const files = new Map<string, Set<number>>();
  let at = 0;
  const question = sheet.recognized.roles.question;
  for (const [number, { records }] of sheet.files.entries()) {
    for (let row = 0; row < records.length; row += 1, at += 1) {
      const key = `${system?.values[at]}\0${item.values[at]}\0${question === undefined ? "" : asText(question.values[at])}`;
      files.set(key, (files.get(key) ?? new Set()).add(number));
    }
  }
  const repeated = [...files.values()].filter((numbers) => numbers.size > 1).length;
  return repeated >= files.size * 0.3;
}

/** Whether a system has answers in several files, so that a file is a part of them and not another system. */
function hasSeveralFiles({ files }: Sheet, system: Axis | null): boolean {
  const firstFile = new Map<string | null, number>();
  let at = 0;
  for (const [number, { records }] of files.entries())
    for (let row = 0; row < records.length; row += 1, at += 1) {
      const name = system?.values[at] ?? null;
      const first = firstFile.get(name);
      if (first === undefined) firstFile.set(name, number);
      else if (first !== number && name !== null) return true;
    }
  return false;
}

/** HELM names the folder of a run after scenario and model: `mmlu-subject=anatomy,model=openai_gpt2`. */
function ofHelmFolder(level: PathLevel, { files }: Sheet): Axis {
  const axis = ofLevel(level, files);
  return {
    sql: `regexp_replace(${axis.sql}, '[-:,_]?model=[^,]*', '')`,
    values: axis.values.map((value) => value?.replace(/[-:,_]?model=[^,]*/, "") ?? null),
    words: `${axis.words}, without the model`,
  };
}

function datasetAxis(
  { sheet, levels, item, system, n }: Rows & { readonly sheet: Sheet; readonly system: Axis | null },
  answers: Answers,
  benchmark: string,
): Axis {
  const { roles } = sheet.recognized;
  const stated = answers.get("dataset");
  if (stated !== undefined) return constant(stated, n, "as stated");
  if (roles.dataset !== undefined) return ofColumn(roles.dataset);
  const tasks = new Set(sheet.files.map(({ file }) => taskOf(file)));
  const [task] = tasks;
  if (sheet.harness !== null && tasks.size === 1 && task !== null && task !== undefined)
    return constant(task, n, "the task in the name of the file");
  const [level] = levels.filter(({ byFile }) =>
    [...byFile.values()].every((value) => !/^\d{4}-?\d\d-?\d\d|^\d{8}/.test(value)),
  );
  if (level !== undefined && sheet.harness === "HELM") return ofHelmFolder(level, sheet);
  if (level !== undefined && !repeatsItems(sheet, item, hasSeveralFiles(sheet, system) ? system : null))
    return ofLevel(level, sheet.files);
  return constant(benchmark, n, oneDataset);
}
