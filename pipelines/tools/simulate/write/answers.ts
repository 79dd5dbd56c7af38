import { join } from "node:path";
import { randomInteger } from "../../../../src/lib/util/random.js";
import type { SimulatedFile } from "../datasets.js";
import type { PlannedItem, PlannedOutcome, PlannedResponse, Population } from "../population.js";
import type { SimulatedRun } from "../systems.js";
import { blemishAfter, isWindowsFile, type PlantedLine } from "./blemishes.js";
import { itemsOf, jsonLine, lineOf } from "./packs.js";
import { writeText } from "./text-file.js";
import { ZipFile } from "./zip-file.js";

/** Counts of what was written, for the truth file and for progress. */
export interface AnswerLedger {
  readonly outcomes: Map<string, Record<PlannedOutcome, number>>;
  readonly planted: PlantedLine[];
  readonly count: (run: SimulatedRun, outcome: PlannedOutcome) => void;
}

interface Answered {
  readonly item: PlannedItem;
  readonly variant: number;
  readonly planned: PlannedResponse;
  readonly text: string | null;
}

/** The files that a run answers: those of its track, without the datasets it never submitted. */
export const filesOf = (run: SimulatedRun, files: readonly SimulatedFile[]) =>
  files.filter(({ track, dataset }) => track === run.system.track && !run.system.withheld.includes(dataset));

function* answersOf(
  population: Population,
  run: SimulatedRun,
  file: SimulatedFile,
  { count }: AnswerLedger,
): Generator<Answered> {
  for (const item of itemsOf(population, file, run.pool)) {
    for (const variant of item.item.variants.keys()) {
      const planned = population.response(run, item, variant);
      count(run, planned.outcome);
      yield { item, variant, planned, text: population.textOf(run, item, variant, planned) };
    }
  }
}

/** Lines of one file of an upload, including bad ones; `start` is the number of lines before them in the file. */
function* uploadLines(
  population: Population,
  run: SimulatedRun,
  file: SimulatedFile,
  ledger: AnswerLedger,
  place: { readonly name: string; line: number },
): Generator<string> {
  const windows = isWindowsFile(run, file);
  if (windows) yield "\ufeff";
  for (const { item, variant, text } of answersOf(population, run, file, ledger)) {
    if (text === null) continue;
    const line = jsonLine(lineOf(item, variant, text));
    place.line += 1;
    yield windows ? line.replace("\n", "\r\n") : line;
    const bad = blemishAfter(run, file, item.index, line);
    if (bad !== null) {
      place.line += 1;
      ledger.planted.push({ file: place.name, line: place.line, kind: bad.kind });
      yield bad.text;
    }
  }
}

const readMe = ["Answers of one submission. Invented, for software testing only.\n"];

/** One upload: a folder, a zip, or a single file with the lines of all datasets. */
export async function writeUpload(
  out: string,
  population: Population,
  run: SimulatedRun,
  files: readonly SimulatedFile[],
  ledger: AnswerLedger,
): Promise<void> {
  const { id, upload } = run.system;
  const own = filesOf(run, files);
  if (upload === "jsonl") {
    const name = `uploads/${id}.jsonl`;
    const place = { name, line: 0 };
    const all = function* () {
      for (const file of own) yield* uploadLines(population, run, file, ledger, place);
    };
    await writeText(join(out, name), all());
    return;
  }
  const linesOf = (file: SimulatedFile, name: string) =>
    uploadLines(population, run, file, ledger, { name, line: 0 });
  if (upload === "folder") {
    for (const file of own) {
      const name = `uploads/${id}/${file.file}`;
      await writeText(join(out, name), linesOf(file, name));
    }
    await writeText(join(out, `uploads/${id}/README.txt`), readMe);
    return;
  }
  const zip = await ZipFile.create(join(out, `uploads/${id}.zip`));
  // As people usually zip: all files inside one folder with the system's name.
  for (const file of own)
    await zip.add(`${id}/${file.file}`, linesOf(file, `uploads/${id}.zip/${id}/${file.file}`));
  await zip.add(`${id}/README.txt`, readMe);
  await zip.close();
}

/** Prices in US dollars per million tokens, invented. */
const price = { prompt: 0.4, completion: 1.2 } as const;

/** One file with the API calls of all runs of that board, as a harness would log them. */
export function* apiLines(
  population: Population,
  runs: readonly SimulatedRun[],
  files: readonly SimulatedFile[],
  ledger: AnswerLedger,
): Generator<string> {
  for (const run of runs) {
    const { temperature, maxTokens, context } = run.system.settings;
    for (const file of filesOf(run, files)) {
      for (const { item, variant, planned, text } of answersOf(population, run, file, ledger)) {
        if (planned.outcome === "missing") continue;
        const random = population.key("call", run.id, file.file, item.index, variant);
        // About one token per Chinese character.
        const promptTokens = item.item.variants[variant]?.question.length ?? 0;
        const completionTokens = text?.length ?? 0;
        yield jsonLine({
          model: run.system.id,
          settings: { temperature, max_tokens: maxTokens, context },
          task: file.dataset,
          part: file.part,
          id: item.id,
          order: variant + 1,
          response: text,
          finish_reason:
            planned.outcome === "errored" ? null : planned.outcome === "truncated" ? "length" : "stop",
          error: planned.outcome === "errored" ? "HTTP 504: upstream timed out" : null,
          usage: { prompt_tokens: promptTokens, completion_tokens: completionTokens },
          latency_ms: 180 + randomInteger(random, 400) + 14 * completionTokens,
          cost_usd: (promptTokens * price.prompt + completionTokens * price.completion) / 1e6,
        });
      }
    }
  }
}
