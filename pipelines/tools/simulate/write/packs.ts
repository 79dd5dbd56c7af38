import { countsKeyPoints, type SimulatedFile } from "../datasets.js";
import type { PlannedItem, Population } from "../population.js";
import type { SimulatedSystem } from "../systems.js";
import { csvRow } from "./text-file.js";

/** Files from the benchmark's owner: questions, gold, specialties, systems. */

export function* itemsOf(population: Population, file: SimulatedFile, pool: string): Generator<PlannedItem> {
  for (let index = 0; index < population.groups; index += 1) yield population.itemAt(file, pool, index);
}

/** The keys of a MedBench line that identify its item, in the order of the real files. */
export function lineOf({ id, item, file }: PlannedItem, variant: number, answer: string) {
  return {
    question: item.variants[variant]?.question ?? "",
    answer,
    ...(item.media !== undefined && { img_path: item.media }),
    other: { id, source: file.sourceTag },
  };
}

export function* questionLines(items: Iterable<PlannedItem>): Generator<string> {
  for (const planned of items) {
    const { effect, item, case: group } = planned;
    const difficulty = effect > 0.6 ? "easy" : effect < -0.6 ? "hard" : "medium";
    for (const variant of item.variants.keys()) {
      yield jsonLine({
        ...lineOf(planned, variant, ""),
        language: item.language,
        difficulty,
        ...(group !== null && { group }),
      });
    }
  }
}

export function* goldLines(items: Iterable<PlannedItem>): Generator<string> {
  for (const { item, id, file } of items) {
    for (const { question, gold, options } of item.variants) {
      const points = countsKeyPoints(file.components) ? item.keyPoints : undefined;
      yield jsonLine({
        question,
        other: { id, source: file.sourceTag },
        ...(gold !== undefined && { gold }),
        ...(options !== undefined && { options }),
        ...(points !== undefined && { key_points: points }),
      });
    }
  }
}

export const crosswalkHeader = csvRow([
  "dataset",
  "item_id",
  "specialty_primary",
  "specialty_secondary",
  "pool",
]);

/** Items without a specialty have no row. */
export function* crosswalkRows(items: Iterable<PlannedItem>): Generator<string> {
  for (const { file, itemId, specialty, pool } of items) {
    if (specialty !== null)
      yield csvRow([file.dataset, itemId, specialty.primary, specialty.secondary, pool]);
  }
}

export function* systemRows(systems: readonly SimulatedSystem[]): Generator<string> {
  yield csvRow(
    "system,kind,family,organisation,access,parameters,track,scaffold,backbone,temperature,max_tokens,context,submitted_at".split(
      ",",
    ),
  );
  for (const system of systems) {
    const { id, kind, family, organisation, access, parameters, track, scaffold, backbone, settings } =
      system;
    const { temperature, maxTokens, context } = settings;
    const who = [id, kind, family, organisation, access, parameters, track, scaffold, backbone];
    yield csvRow([...who, temperature, maxTokens, context, system.submittedAt]);
  }
}

export const jsonLine = (value: unknown) => `${JSON.stringify(value)}\n`;
