import { InputError } from "../errors.js";

/**
 * Everything that must be equal for two scores to be compared. Public boards changed metrics up to four times and use
 * different items for uploads and API runs: without this check, differences and trends mean nothing.
 */
export interface Identity {
  readonly benchmark: string;
  readonly track: string;
  readonly pool: string;
  readonly board: string;
  readonly dataset: string;
  readonly metricVersion: string;
  /** Judge model and the hash of its prompt; null if no judge was used. */
  readonly judge: string | null;
  readonly judgePrompt: string | null;
  readonly goldVersion: string;
  /** Decoding settings as JSON with sorted keys. */
  readonly settings: string;
}

const meanings: Readonly<Record<keyof Identity, string>> = {
  benchmark: "benchmark",
  track: "track",
  pool: "pool of items",
  board: "board",
  dataset: "dataset",
  metricVersion: "metric version",
  judge: "judge",
  judgePrompt: "judge prompt",
  goldVersion: "gold version",
  settings: "decoding settings",
};

/** The fields of an identity, in a fixed order. */
export const identityFields = Object.keys(meanings) as readonly (keyof Identity)[];

/**
 * Names of the fields in which two identities differ, in a fixed order; empty when they may be compared.
 *
 * @example ((march) => identityDifferences(march, { ...march, pool: "2026-04", board: "upload" }))({ benchmark: "medbench-v4", track: "llm", pool: "2026-03", board: "api", dataset: "MedHC", metricVersion: "1", judge: null, judgePrompt: null, goldVersion: "a", settings: "{}" }) // ["pool", "board"]
 */
export function identityDifferences(a: Identity, b: Identity): (keyof Identity)[] {
  return identityFields.filter((field) => a[field] !== b[field]);
}

/**
 * Throws if two scores do not measure the same thing.
 *
 * @param except fields that the caller handles itself, for example `settings` in a study of temperature
 * @throws InputError naming each field that differs, with both values
 * @example ((march) => checkComparable(march, { ...march, settings: '{"temperature":0}' }, ["settings"]))({ benchmark: "medbench-v4", track: "llm", pool: "2026-03", board: "api", dataset: "MedHC", metricVersion: "1", judge: null, judgePrompt: null, goldVersion: "a", settings: "{}" }) // undefined
 */
export function checkComparable(a: Identity, b: Identity, except: readonly (keyof Identity)[] = []): void {
  const fields = identityDifferences(a, b).filter((field) => !except.includes(field));
  if (fields.length === 0) return;
  const described = fields.map((field) => `${meanings[field]} (${show(a[field])} and ${show(b[field])})`);
  throw new InputError(`these scores cannot be compared: they differ in ${described.join(", ")}`, {
    hint: "Compare scores from the same pool, board, metric version, judge and settings. `medbench compare --except pool goldVersion` compares the items that two pools have unchanged.",
  });
}

function show(value: string | null): string {
  return value === null ? "none" : JSON.stringify(value);
}
