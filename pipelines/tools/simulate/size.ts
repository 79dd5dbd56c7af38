import { unknownName } from "../../../src/lib/util/known-names.js";
import type { SimulatedFile } from "./datasets.js";
import type { SimulatedRun } from "./systems.js";

export const namedSizes = { tiny: 12, small: 30, medium: 200 } as const;

export interface CycleSize {
  /** Groups in every question file. */
  readonly groups: number;
  /** Answers padded to the lengths of real uploads; the tiny cycle is committed and stays short. */
  readonly realisticLength: boolean;
}

/**
 * Groups per question file for the user's size. `responses=N` gives the smallest number of groups with at least N
 * responses.
 *
 * @throws InputError for a size that is neither a name nor a count
 */
export function cycleSize(
  size: string,
  runs: readonly SimulatedRun[],
  files: readonly SimulatedFile[],
): CycleSize {
  if (Object.hasOwn(namedSizes, size)) {
    return { groups: namedSizes[size as keyof typeof namedSizes], realisticLength: size !== "tiny" };
  }
  const responses = Number(/^responses=(\d{1,9})$/.exec(size)?.[1]);
  if (!(responses >= 1)) {
    throw unknownName(size, Object.keys(namedSizes), {
      ...{ where: "simulate --size", what: "size" },
      remedy: "Or give a number of responses, such as responses=1000000.",
    });
  }
  return {
    groups: Math.max(1, Math.ceil(responses / responsesPerGroup(runs, files))),
    realisticLength: true,
  };
}

/** Responses over all runs that one more group in every file adds. */
export function responsesPerGroup(runs: readonly SimulatedRun[], files: readonly SimulatedFile[]): number {
  let responses = 0;
  for (const { system } of runs) {
    for (const { track, dataset, variants } of files) {
      if (track === system.track && !system.withheld.includes(dataset)) responses += variants;
    }
  }
  return responses;
}
