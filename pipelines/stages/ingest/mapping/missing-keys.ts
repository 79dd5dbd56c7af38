import { editDistance } from "../../../../src/lib/metrics/index.js";
import { nullMark } from "../../../formats/json/scanner.js";
import type { Shape, ShapeKey } from "../../../formats/json/shape.js";
import type { Engine } from "../../../warehouse/engine.js";
import type { InputView } from "./input-view.js";
import type { SelectPlace } from "./place.js";

const quoted = `"((?:[^"]|"")+)"`;
const columnPatterns = [
  new RegExp(`Referenced column ${quoted} not found in FROM clause`),
  new RegExp(`Table "(?:[^"]|"")+" does not have a column named ${quoted}`),
  // `usage.total`, where no record has `usage`.
  new RegExp(`Referenced table ${quoted} not found`),
];
const fieldPattern = new RegExp(String.raw`Could not find key ${quoted} in struct\s+Candidate Entries: (.+)`);

/**
 * Adds a column or field to the inputs if the engine's message says that it is not there: optional keys are those that
 * some files do not have.
 *
 * @param attempt tries the statement again and gives the engine's message, or null if it succeeds
 * @returns what was added; null if the message says something else, or adding does not help
 */
export async function addMissingKey(
  engine: Engine,
  message: string,
  inputs: readonly InputView[],
  { json, textKeys }: Pick<SelectPlace, "json" | "textKeys">,
  attempt: () => Promise<string | null>,
): Promise<{ input: InputView; key: string } | null> {
  const column = columnPatterns
    .map((pattern) => pattern.exec(message)?.[1])
    .find((name) => name !== undefined);
  if (column !== undefined) {
    const key = column.replaceAll('""', '"');
    for (const input of inputs) {
      if (!input.addColumn(key)) continue;
      await input.create(textKeys);
      const next = await attempt();
      if (next === null || firstLine(next) !== firstLine(message)) return { input, key };
      input.removeColumn(key);
      await input.create(textKeys);
    }
    return null;
  }
  const [, field = "", candidates = ""] = fieldPattern.exec(message) ?? [];
  const known = [...candidates.matchAll(/"((?:[^"]|"")+)"/g)]
    .map(([, name]) => name as string)
    .filter((name) => !name.endsWith(nullMark));
  for (const input of inputs) {
    const added = field === "" || input.shape === null ? [] : addField(input.shape, field, known);
    if (added.length === 0) continue;
    for (const key of added) json.addMissing(key);
    await json.define(engine);
    await input.create(textKeys);
    return { input, key: field };
  }
  return null;
}

function firstLine(text: string): string {
  return text.split("\n")[0] as string;
}

/** Adds a field to every object that has the known ones. */
function addField(shape: Shape, field: string, known: readonly string[]): ShapeKey[] {
  const added: ShapeKey[] = [];
  const open = shape.keys.map((key) => key.shape);
  if (shape.element !== null) open.push(shape.element);
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { keys } = next;
    const names = new Set(keys.map(({ name }) => name.toLowerCase()));
    if (
      keys.length > 0 &&
      known.every((name) => names.has(name.toLowerCase())) &&
      !names.has(field.toLowerCase())
    ) {
      const key = next.addMissing(field);
      if (key !== null) added.push(key);
    }
    for (const key of keys) open.push(key.shape);
    if (next.element !== null) open.push(next.element);
    if (next.values !== null) open.push(next.values);
  }
  return added;
}

/** A key of the input that is spelled almost like this one. */
export function nearestKey(key: string, { shape }: InputView): string | null {
  const names = new Set<string>();
  const open = shape === null ? [] : [shape];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const inner of next.keys) {
      if (inner.present > 0 || inner.shape.kinds !== 0) names.add(inner.name);
      open.push(inner.shape);
    }
    if (next.element !== null) open.push(next.element);
  }
  const limit = key.length > 4 ? 2 : 1;
  const near = [...names]
    .map((name) => ({ name, distance: editDistance(name.toLowerCase(), key.toLowerCase()) }))
    .filter(({ distance }) => distance <= limit)
    .sort((a, b) => a.distance - b.distance);
  return near[0]?.name ?? null;
}
