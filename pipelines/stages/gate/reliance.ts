import type { Catalogue, MetricVersion, ScoringComponent } from "../../../src/lib/catalogue/schema.js";
import type { GatePolicy } from "../../../src/lib/publication/gate.js";
import { type Remedy, remedyFor, sliceStanding } from "../../../src/lib/publication/slice-standing.js";
import { verdictKindOf } from "../../../src/lib/scorers/index.js";
import { type VerdictKind, verdictKinds } from "../../../src/lib/scorers/verdict-kind.js";
import type { JudgeEvidence } from "./evidence.js";

/** Items of one dataset and file with the same specialties and language: the same evidence applies to all of them. */
export interface ItemMix {
  readonly dataset: string;
  readonly part: string;
  /** Codes; [""] where there is none. */
  readonly primary: readonly string[];
  readonly secondary: readonly string[];
  readonly language: string;
  readonly nItems: number;
}

/** How much of a figure's weight depends on the judge, and on what evidence; all are shares. */
export interface FigureReliance {
  judge: number;
  unvalidated: number;
  provisional: number;
  /** Part of `unvalidated` for which no rating of this judge version exists at all. */
  unrated: number;
  /** Slices of the validity map that lack evidence, with the share that each affects and what would help. */
  readonly slices: Map<string, { share: number; readonly remedy: Remedy }>;
}

export interface RelianceContext {
  readonly run: {
    readonly run_id: string;
    readonly pool: string;
    readonly family: string;
    readonly track: string;
  };
  readonly catalogue: Catalogue;
  readonly versions: ReadonlyMap<string, MetricVersion | undefined>;
  /** Items of the run's benchmark, pool and track. */
  readonly mixes: readonly ItemMix[];
  readonly evidence: JudgeEvidence;
  readonly policy: GatePolicy;
  /** Items to ask ratings for in a slice that has none. */
  readonly minimumGroups: number;
}

/**
 * How much of every figure of a run depends on the judge, and on which slices of the validity map. An answer's verdicts
 * need support in each of its specialties, because answers are drawn for rating by specialty; in its dataset, family,
 * language and pool they must only not be refuted. Weights are those of the roll-up: components in the task, tasks in the
 * dimension, items in the specialty.
 *
 * @returns by `scope/name`, as `gates` names them; figures without a judged item are absent
 */
export function relianceOf(context: RelianceContext): ReadonlyMap<string, FigureReliance> {
  const { run, catalogue, versions, mixes } = context;
  const figures = new Map<string, FigureReliance>();
  const sizes = sizesOf(mixes, versions);
  const dimensionOf = new Map(catalogue.datasets.map(({ id, dimension }) => [id, dimension]));
  const own = catalogue.datasets.filter(({ track }) => track === run.track);
  const nDimensions = new Set(own.map(({ dimension }) => dimension)).size;
  const nDatasets = (dimension: string) => own.filter((dataset) => dataset.dimension === dimension).length;
  for (const mix of mixes) {
    const dimension = dimensionOf.get(mix.dataset) ?? "";
    const components = componentsOf(versions.get(mix.dataset), mix.part);
    const ofItem = components.reduce((sum, { weight }) => sum + weight, 0);
    let isGraded = false;
    for (const component of components) {
      const kind = verdictKindOf(component.scorer);
      if (kind === null) continue;
      const standing = standingOf(context, mix, kind);
      const add = (figure: string, weight: number) => tally(figures, figure, weight, standing);
      const task = component.weight / sizes.weight(mix.dataset) / sizes.items(mix.dataset, component.part);
      add(`task/${mix.dataset}`, mix.nItems * task);
      add(`dimension/${dimension}`, (mix.nItems * task) / nDatasets(dimension));
      add("overall/", (mix.nItems * task) / nDatasets(dimension) / nDimensions);
      for (const level of ["primary", "secondary"] as const) {
        for (const code of mix[level])
          add(
            `specialty/${level}/${code}`,
            ((component.weight / ofItem) * mix.nItems) / sizes.specialty(level, code),
          );
      }
      if (!verdictKinds[kind].isGrade || isGraded) continue;
      // Means over judged answers count an answer once, however many components grade it.
      isGraded = true;
      add("judged_overall/", mix.nItems);
      add(`judged_dimension/${dimension}`, mix.nItems);
      for (const code of mix.primary) add(`judged_specialty/${code}`, mix.nItems);
    }
  }
  for (const [figure, reliance] of figures) if (figure.startsWith("judged_")) normalize(reliance);
  return figures;
}

/** Components that score the items of one file. */
function componentsOf(version: MetricVersion | undefined, part: string): readonly ScoringComponent[] {
  return (version?.components ?? []).filter(
    (component) => component.part === undefined || component.part === part,
  );
}

function sizesOf(mixes: readonly ItemMix[], versions: RelianceContext["versions"]) {
  const items = new Map<string, number>();
  const count = (key: string, n: number) => items.set(key, (items.get(key) ?? 0) + n);
  for (const { dataset, part, primary, secondary, nItems } of mixes) {
    count(dataset, nItems);
    count(`${dataset}\u001f${part}`, nItems);
    for (const code of primary) count(`primary/${code}`, nItems);
    for (const code of secondary) count(`secondary/${code}`, nItems);
  }
  return {
    weight: (dataset: string) =>
      (versions.get(dataset)?.components ?? []).reduce((sum, { weight }) => sum + weight, 0),
    items: (dataset: string, part: string | undefined) =>
      items.get(part === undefined ? dataset : `${dataset}\u001f${part}`) as number,
    specialty: (level: string, code: string) => items.get(`${level}/${code}`) as number,
  };
}

interface VerdictStanding {
  readonly standing: "sound" | "provisional" | "unvalidated";
  readonly isRated: boolean;
  readonly slices: ReadonlyMap<string, Remedy>;
}

function standingOf(
  { run, evidence, policy, minimumGroups }: RelianceContext,
  mix: ItemMix,
  kind: VerdictKind,
): VerdictStanding {
  const found = evidence.of(run.run_id, kind);
  if (found?.isProxy === true && policy.unratedKeyPoints === "refuse") {
    const remedy = remedyFor(undefined, minimumGroups);
    return { standing: "unvalidated", isRated: true, slices: new Map([[`criterion:${kind}`, remedy]]) };
  }
  const slices = new Map<string, Remedy>();
  let isProvisional = found?.isProxy === true;
  for (const code of mix.primary) {
    const slice = found?.slices.get("specialty")?.get(code);
    const standing = sliceStanding(slice, policy);
    if (standing === "unvalidated") slices.set(`specialty:${code}`, remedyFor(slice, minimumGroups));
    isProvisional ||= standing === "provisional";
  }
  const elsewhere = {
    dataset: mix.dataset,
    family: run.family,
    language: mix.language,
    period: run.pool,
  };
  for (const [sliceKind, name] of Object.entries(elsewhere)) {
    const slice = found?.slices.get(sliceKind)?.get(name);
    if (slice?.isRefuted === true) slices.set(`${sliceKind}:${name}`, remedyFor(slice, minimumGroups));
  }
  const standing = slices.size > 0 ? "unvalidated" : isProvisional ? "provisional" : "sound";
  return { standing, isRated: found !== null, slices };
}

function tally(
  figures: Map<string, FigureReliance>,
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
function normalize(reliance: FigureReliance): void {
  const total = reliance.judge;
  reliance.judge = 1;
  reliance.unvalidated /= total;
  reliance.provisional /= total;
  reliance.unrated /= total;
  for (const slice of reliance.slices.values()) slice.share /= total;
}
