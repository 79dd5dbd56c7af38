import { InputError } from "../errors.js";
import type { Remedy } from "./slice-standing.js";
import type { VerdictStanding } from "./verdict-standing.js";

/** One component of a task's metric, as it scores some items. */
export interface ItemComponent {
  readonly weight: number;
  /** The file whose items the component scores; undefined where it scores all items of the dataset. */
  readonly part: string | undefined;
  /** The judge's verdicts that it counts; null where it reads the answer itself. */
  readonly verdicts: (VerdictStanding & { readonly isGrade: boolean }) | null;
}

/** Items of one dataset and file with the same specialties, scored by the same components. */
export interface ScoredItems {
  readonly dataset: string;
  readonly part: string;
  /** Codes; [""] where there is none. */
  readonly primary: readonly string[];
  readonly secondary: readonly string[];
  readonly nItems: number;
  readonly components: readonly ItemComponent[];
}

/** A task of the composite. */
export interface CompositeTask {
  readonly dataset: string;
  readonly dimension: string;
  /** Sum of the weights of its components. */
  readonly weight: number;
}

/** How much of a figure's weight depends on the judge, and on what evidence; all are shares. */
export interface FigureReliance {
  readonly judge: number;
  readonly unvalidated: number;
  readonly provisional: number;
  /** Part of `unvalidated` for which no rating of this judge version exists at all. */
  readonly unrated: number;
  /** Slices of the validity map that lack evidence, with the share that each affects and what would help. */
  readonly slices: ReadonlyMap<string, { readonly share: number; readonly remedy: Remedy }>;
}

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };
interface Tally extends Mutable<Omit<FigureReliance, "slices">> {
  readonly slices: Map<string, { share: number; readonly remedy: Remedy }>;
}

/**
 * How much of every figure of a run depends on the judge's verdicts, and on which slices of the validity map. Weights are
 * those of the roll-up: components in the task, items in the task and in the specialty, tasks in the dimension, dimensions in
 * the composite (a mean of means). Figures named `judged_…` are means over judged answers alone: they depend entirely on the
 * judge, and count an answer once, however many components grade it.
 *
 * @param items every item that counts, judged or not
 * @param tasks every task of the composite, also those without a judge
 * @returns by `scope/name` (`task/d`, `dimension/x`, `overall/`, `specialty/primary/code`, `judged_overall/`, ...); figures
 *   without a judged item are absent
 * @throws InputError if a component scores items of a dataset that is not a task
 * @example figureReliance([{ dataset: "d", part: "", primary: ["a"], secondary: [], nItems: 2, components: [{ weight: 1, part: undefined, verdicts: null }, { weight: 3, part: undefined, verdicts: { standing: "sound", isRated: true, slices: new Map(), isGrade: true } }] }], [{ dataset: "d", dimension: "x", weight: 4 }]).get("task/d").judge // 0.75
 */
export function figureReliance(
  items: readonly ScoredItems[],
  tasks: readonly CompositeTask[],
): ReadonlyMap<string, FigureReliance> {
  const figures = new Map<string, Tally>();
  const taskOf = new Map(tasks.map((task) => [task.dataset, task]));
  const nTasks = totals(tasks.map(({ dimension }) => [dimension, 1]));
  const nItemsIn = totals(
    items.flatMap((mix) => denominators(mix).map((name): [string, number] => [name, mix.nItems])),
  );
  for (const mix of items) {
    const { dataset, nItems, components } = mix;
    if (components.length === 0) continue;
    const task = taskOf.get(dataset);
    if (task === undefined) throw new InputError(`figureReliance: dataset ${dataset} is not among the tasks`);
    const { dimension } = task;
    const weightOfItem = components.reduce((sum, { weight }) => sum + weight, 0);
    let isGraded = false;
    for (const { weight, part, verdicts } of components) {
      if (verdicts === null) continue;
      const add = (figure: string, share: number) => tally(figures, figure, share, verdicts);
      const scored = nItemsIn.of(part === undefined ? dataset : partKey(dataset, part));
      const ofTask = nItems * (weight / task.weight / scored);
      add(`task/${dataset}`, ofTask);
      add(`dimension/${dimension}`, ofTask / nTasks.of(dimension));
      add("overall/", ofTask / nTasks.of(dimension) / nTasks.size);
      for (const level of ["primary", "secondary"] as const) {
        for (const code of mix[level]) {
          const specialty = `specialty/${level}/${code}`;
          add(specialty, ((weight / weightOfItem) * nItems) / nItemsIn.of(specialty));
        }
      }
      if (!verdicts.isGrade || isGraded) continue;
      isGraded = true;
      add("judged_overall/", nItems);
      add(`judged_dimension/${dimension}`, nItems);
      for (const code of mix.primary) add(`judged_specialty/${code}`, nItems);
    }
  }
  for (const [figure, reliance] of figures) if (figure.startsWith("judged_")) normalize(reliance);
  return figures;
}

const partKey = (dataset: string, part: string) => `${dataset}\u001f${part}`;

/** Everything whose items are counted: the dataset, its file and the specialties. */
const denominators = ({ dataset, part, primary, secondary }: ScoredItems) => [
  dataset,
  partKey(dataset, part),
  ...primary.map((code) => `specialty/primary/${code}`),
  ...secondary.map((code) => `specialty/secondary/${code}`),
];

/** Sums of counts by name. */
function totals(counts: readonly (readonly [name: string, n: number])[]) {
  const sums = new Map<string, number>();
  for (const [name, n] of counts) sums.set(name, (sums.get(name) ?? 0) + n);
  return { of: (name: string) => sums.get(name) ?? Number.NaN, size: sums.size };
}

function tally(
  figures: Map<string, Tally>,
  figure: string,
  weight: number,
  { standing, isRated, slices }: VerdictStanding,
): void {
  const reliance = figures.get(figure) ?? {
    ...{ judge: 0, unvalidated: 0, provisional: 0, unrated: 0 },
    slices: new Map(),
  };
  figures.set(figure, reliance);
  reliance.judge += weight;
  if (standing === "provisional") reliance.provisional += weight;
  if (standing !== "unvalidated") return;
  reliance.unvalidated += weight;
  if (!isRated) reliance.unrated += weight;
  for (const [slice, remedy] of slices) {
    const present = reliance.slices.get(slice);
    if (present === undefined) reliance.slices.set(slice, { share: weight, remedy });
    else present.share += weight;
  }
}

/** A mean over judged answers alone depends entirely on the judge. */
function normalize(reliance: Tally): void {
  const total = reliance.judge;
  reliance.judge = 1;
  reliance.unvalidated /= total;
  reliance.provisional /= total;
  reliance.unrated /= total;
  for (const slice of reliance.slices.values()) slice.share /= total;
}
