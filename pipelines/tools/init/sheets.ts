import type { Column } from "./column.js";
import { columnsOf, name, recordAlias } from "./columns.js";
import type { FileSample } from "./file-sample.js";
import { harnessOf } from "./harness.js";
import { type Recognized, recognize } from "./recognize.js";
import type { Role } from "./role-names.js";
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
    const group = groups.find(([first]) => areOneKind(first as FileSample, sample, stated));
    if (group === undefined) groups.push([sample]);
    else group.push(sample);
  }
  const taken = new Set<string>();
  return groups.map((files) => {
    const columns = columnsOf(files, [...stated.roles.keys()]);
    const harness = harnessOf(files, columns);
    const recognized = recognize(columns, stated.roles, harness);
    const sheet = inputName(recognized, columns, taken);
    return {
      name: sheet,
      files,
      columns,
      recognized,
      harness: harness?.name ?? null,
      wide:
        harness !== null || hasStated(stated)
          ? null
          : findWide({ recognized, columns, files }, stated.systems),
      relation: relationOf(sheet, files, recognized, columns),
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

/** Whether files have the same form, most of their keys in common, and the same columns for what matters. */
function areOneKind(one: FileSample, other: FileSample, stated: Stated): boolean {
  if (one.format !== other.format || JSON.stringify(one.place) !== JSON.stringify(other.place)) return false;
  const [a, b] = [keysOf(one), keysOf(other)];
  const shared = [...a].filter((key) => b.has(key)).length;
  return shared >= 0.6 * Math.max(a.size, b.size) && mainColumns(one, stated) === mainColumns(other, stated);
}

const mainRoles = ["answer", "gold", "score", "judge", "judge_score", "rater", "rating"] as const;
const known = new WeakMap<FileSample, string>();

function mainColumns(file: FileSample, { roles: stated }: Stated): string {
  const before = known.get(file);
  if (before !== undefined) return before;
  const columns = columnsOf([file], [...stated.keys()]);
  const { roles } = recognize(columns, stated, harnessOf([file], columns));
  const found = JSON.stringify(mainRoles.map((role) => roles[role]?.name ?? null));
  known.set(file, found);
  return found;
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

/** An object with more keys than this is one column of JSON for the engine, and no longer a column for each key. */
const mostKeys = 200;

function relationOf(
  sheet: string,
  files: readonly FileSample[],
  { roles }: Recognized,
  columns: readonly Column[],
): string {
  const place = files[0]?.place ?? [];
  if (place === "values") {
    const keys = new Set(files.flatMap(({ records }) => records.map(({ key }) => key)));
    const object = keys.size > mostKeys ? "json" : `to_json(${sheet})`;
    return `(SELECT filename, e.key AS key, e.value AS ${recordAlias} FROM ${sheet}, json_each(${object}) AS e WHERE json_type(e.value) = 'OBJECT')`;
  }
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

/** What a query reads the records from, as a query of its own. */
export const asQuery = ({ relation }: Pick<Sheet, "relation">): string =>
  relation.replace(/^\((.*)\)$/s, "$1");
