import { existsSync, mkdirSync, statSync, writeFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { InputError } from "../../../src/lib/errors.js";
import { filesBelow } from "../../stages/ingest/source-files.js";
import { stemOf } from "./axes.js";
import { type BenchmarkName, catalogueText } from "./catalogue-text.js";
import type { FileSample } from "./file-sample.js";
import { mappingText } from "./mapping-text.js";
import { NeedAnswer, type OpenQuestion } from "./open-question.js";
import { planFrom } from "./plan.js";
import type { Plan } from "./planned.js";
import { NoRecords } from "./records-in.js";
import type { Role } from "./role-names.js";
import { dataFile, sampleFile } from "./sample.js";
import { type Sheet, sheetsOf } from "./sheets.js";
import { StatedAnswers } from "./stated-answers.js";
import { requireColumns, statedRoles } from "./stated-roles.js";

export interface InitOptions {
  /** A data file, or a folder of them. */
  readonly path: string;
  /** Folder for the two files. Default: the folder of the data. */
  readonly out?: string | undefined;
  readonly id?: string | undefined;
  readonly name?: string | undefined;
  readonly nameZh?: string | undefined;
  readonly pool?: string | undefined;
  /** `ROLE=COLUMN`. */
  readonly column?: readonly string[] | undefined;
  /** Columns that are systems. */
  readonly systems?: readonly string[] | undefined;
  /** Stated answers: system, dataset, scale, first option. */
  readonly stated: ReadonlyMap<string, string>;
  readonly force?: boolean | undefined;
  /** Answers an open question; null where nobody can be asked. */
  readonly ask: ((question: OpenQuestion) => Promise<string>) | null;
  /** Confirms or changes name and files before they are written. */
  readonly confirm?: ((proposal: Proposal) => Promise<BenchmarkName | null>) | undefined;
}

export interface Proposal {
  readonly name: BenchmarkName;
  readonly plan: Plan;
  readonly mapping: string;
  readonly catalogue: string;
  readonly skipped: readonly string[];
}

export interface InitResult extends Proposal {
  readonly written: boolean;
}

/**
 * Looks at data files, and writes a mapping and a catalogue with which `medbench ingest` takes them.
 *
 * @throws InputError where the files leave something open and nobody can be asked, with the option that states it; and where a
 *   file would be overwritten
 */
export async function initBenchmark(options: InitOptions): Promise<InitResult> {
  const path = resolve(options.path);
  if (!existsSync(path))
    throw new InputError(`${options.path} does not exist`, { hint: "Name a data file or a folder of them." });
  const isFolder = statSync(path).isDirectory();
  const out = options.out === undefined ? (isFolder ? path : dirname(path)) : resolve(options.out);
  const files = { mapping: join(out, "mapping.yaml"), catalogue: join(out, "catalogue.yaml") };
  refuseOverwriting(Object.values(files), options.force ?? false);
  const { samples, skipped } = readSamples(path, isFolder);
  refusePacks(samples, options.path);
  const roles = statedRoles(options.column ?? []);
  const systems = options.systems ?? [];
  const sheets = sheetsOf(samples, { roles, systems });
  requireColumns(sheets, roles, systems);
  const called = isFolder ? basename(path) : stemOf(basename(path));
  const id = options.id ?? slug(options.name ?? options.nameZh ?? called);
  const plan = await settle(sheets, roles, options, id);
  const notes = [...samples.flatMap((sample) => sample.notes), ...plan.notes];
  const proposal: Proposal = {
    name: {
      id,
      en: options.name ?? (options.nameZh === undefined ? titleOf(called) : null),
      zh: options.nameZh ?? null,
    },
    plan: { ...plan, notes },
    ...files,
    skipped,
  };
  const name = options.confirm === undefined ? proposal.name : await options.confirm(proposal);
  if (name === null) return { ...proposal, written: false };
  mkdirSync(out, { recursive: true });
  writeFileSync(
    files.mapping,
    mappingText(plan, sheets, { benchmark: name.id, pool: options.pool ?? "default", isFolder }),
  );
  writeFileSync(files.catalogue, catalogueText(plan, name));
  return { ...proposal, name, written: true };
}

/** Files of MedBench need neither mapping nor catalogue. */
function refusePacks(samples: readonly FileSample[], path: string): void {
  const isPack = samples.every(
    ({ format, records }) =>
      format === "jsonl" &&
      records.slice(0, 20).every(({ question, other }) => {
        const tag = (other ?? {}) as Readonly<Record<string, unknown>>;
        return typeof question === "string" && tag["id"] !== undefined && tag["source"] !== undefined;
      }),
  );
  if (samples.length === 0 || !isPack) return;
  throw new InputError(
    `${path} contains MedBench files (question, answer, other.id, other.source), which need no mapping`,
    {
      hint: `Ingest them as they are: medbench ingest ${path} --pool POOL`,
    },
  );
}

function refuseOverwriting(files: readonly string[], force: boolean): void {
  const there = files.filter((file) => existsSync(file));
  if (there.length === 0 || force) return;
  throw new InputError(`${there.join(" and ")} ${there.length === 1 ? "exists" : "exist"} already`, {
    hint: "Add --force to replace, or --out DIR to write into another folder.",
  });
}

function readSamples(path: string, isFolder: boolean): { samples: FileSample[]; skipped: string[] } {
  if (!isFolder) {
    if (!dataFile.test(path))
      throw new InputError(`${path} is not a file that can be looked at`, {
        hint: /\.xlsx?$/i.test(path)
          ? "Save the sheet as CSV (UTF-8)."
          : "Name a .csv, .tsv, .jsonl or .json file (also .gz), or a folder.",
      });
    return { samples: [sampleFile(path, basename(path))], skipped: [] };
  }
  const all = filesBelow(path).filter((file) => !file.split("/").some((part) => part.startsWith(".")));
  const names = all.filter((file) => dataFile.test(file));
  const skipped = all.filter((file) => !dataFile.test(file) && !/\.(?:ya?ml|md|txt|py)$/i.test(file));
  if (names.length === 0)
    throw new InputError(`${path} has no data file`, {
      hint: "Data files end with .csv, .tsv, .jsonl or .json, also with .gz. Save spreadsheets as CSV.",
    });
  // Catalogues in JSON are no data.
  const data = names.filter((file) => !/catalogue\.json$/i.test(file));
  const samples: FileSample[] = [];
  for (const file of data) {
    try {
      samples.push(sampleFile(join(path, file), file));
    } catch (error) {
      // A document without records, such as an empty list of statistics, is no data.
      if (!(error instanceof NoRecords) || data.length === 1) throw error;
      skipped.push(file);
    }
  }
  return { samples, skipped };
}

/** Plans, asks what is open, and plans again. */
async function settle(
  sheets: readonly Sheet[],
  roles: ReadonlyMap<string, Role>,
  { stated, ask }: InitOptions,
  id: string,
): Promise<Plan> {
  const answers = new StatedAnswers(stated);
  for (;;) {
    try {
      const plan = planFrom(sheets, roles, answers, id);
      answers.requireAllUsed();
      return plan;
    } catch (error) {
      if (!(error instanceof NeedAnswer)) throw error;
      const { question } = error;
      if (ask !== null) answers.answer(question.id, await ask(question));
      else if (question.usual !== undefined) answers.answer(question.id, question.usual);
      else throw new InputError(question.text, { hint: `State it: ${question.option}` });
    }
  }
}

/** An id in the letters of any script, in lower case. */
function slug(text: string): string {
  const id = text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .replace(/^-+|-+$/g, "");
  return id === "" ? "benchmark" : id;
}

function titleOf(text: string): string {
  const words = text.replace(/[_-]+/g, " ").trim();
  return words === "" ? "Benchmark" : `${words[0]?.toUpperCase()}${words.slice(1)}`;
}
