import { type Column, columnsOf, name, recordAlias } from "./columns.js";
import type { FileSample } from "./file-sample.js";
import { harnessOf } from "./harness.js";
import { type Recognized, recognize } from "./recognize.js";
import type { Role } from "./roles.js";
import { findWide, type Wide } from "./wide.js";

/** Files of one kind: an input of the mapping. */
export interface Sheet {
  readonly name: string;
  readonly files: readonly FileSample[];
  readonly columns: readonly Column[];
  readonly recognized: Recognized;
  /** The evaluation harness that wrote the files; null where none is known. */
  readonly harness: string | null;
  /** Systems or raters that have a column each. */
  readonly wide: Wide | null;
  /** What a query reads the records from. */
  readonly relation: string;
}

export interface Stated {
  /** Role by name of a column. */
  readonly roles: ReadonlyMap<string, Role>;
  /** Columns that are systems. */
  readonly systems: readonly string[];
}

/** Groups files whose records have the same keys, and recognizes their columns. */
export function sheetsOf(samples: readonly FileSample[], stated: Stated): Sheet[] {
  const groups: FileSample[][] = [];
  for (const sample of samples) {
    const group = groups.find(([first]) => areOneKind(first as FileSample, sample));
    if (group === undefined) groups.push([sample]);
    else group.push(sample);
  }
  const taken = new Set<string>();
  return groups.map((files) => {
    const columns = columnsOf(files);
    const harness = harnessOf(files, columns);
    const recognized = recognize(columns, stated.roles, harness);
    const sheet = inputName(recognized, columns, taken);
    return {
      name: sheet,
      files,
      columns,
      recognized,
      harness: harness?.name ?? null,
      wide: harness !== null || hasStated(stated) ? null : findWide(recognized, columns, stated.systems),
      relation: relationOf(sheet, files[0] as FileSample, recognized, columns),
    };
  });
}

/** Whether the user named the column of answers, scores or systems, so that no others are looked for. */
function hasStated({ roles, systems }: Stated): boolean {
  const stated = [...roles.values()];
  return (
    systems.length === 0 && (["answer", "score", "system"] as const).some((role) => stated.includes(role))
  );
}

function areOneKind(one: FileSample, other: FileSample): boolean {
  if (one.format !== other.format || JSON.stringify(one.place) !== JSON.stringify(other.place)) return false;
  const [a, b] = [keysOf(one), keysOf(other)];
  const shared = [...a].filter((key) => b.has(key)).length;
  return shared >= 0.6 * Math.max(a.size, b.size);
}

function keysOf({ records }: FileSample): Set<string> {
  return new Set(records.slice(0, 200).flatMap((record) => Object.keys(record)));
}

/** A name after the content, which no column has. */
function inputName({ roles }: Recognized, columns: readonly Column[], taken: Set<string>): string {
  const content =
    roles.rater !== undefined
      ? "ratings"
      : roles.judge !== undefined
        ? "verdicts"
        : roles.answer !== undefined
          ? "answers"
          : roles.score !== undefined
            ? "scores"
            : "questions";
  const used = new Set(columns.map(({ keys }) => keys[0]?.toLowerCase()));
  let free = content;
  for (let number = 2; taken.has(free) || used.has(free); number += 1) free = `${content}_${number}`;
  taken.add(free);
  return free;
}

function relationOf(
  sheet: string,
  { place }: FileSample,
  { roles }: Recognized,
  columns: readonly Column[],
): string {
  if (place === "values")
    return `(SELECT filename, e.key AS key, e.value AS ${recordAlias} FROM ${sheet}, json_each(to_json(${sheet})) AS e WHERE json_type(e.value) = 'OBJECT')`;
  if (place.length === 0) return sheet;
  const outside = [
    ...new Set(
      columns
        .filter((column) => column.isOutside && Object.values(roles).includes(column))
        .map(({ keys }) => keys[0] as string),
    ),
  ];
  const path = place.map(name).join(".");
  return `(SELECT filename${outside.map((key) => `, ${name(key)}`).join("")}, unnest(${path}) AS ${recordAlias} FROM ${sheet})`;
}
