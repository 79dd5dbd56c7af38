import type { Catalogue, MetricVersion, ScoringComponent } from "../../../src/lib/catalogue/schema.js";
import {
  type FigureReliance,
  figureReliance,
  type ItemComponent,
} from "../../../src/lib/publication/figure-reliance.js";
import type { GatePolicy } from "../../../src/lib/publication/gate.js";
import { verdictStanding } from "../../../src/lib/publication/verdict-standing.js";
import { verdictKindOf } from "../../../src/lib/scorers/index.js";
import { verdictKinds } from "../../../src/lib/scorers/verdict-kind.js";
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
 * How much of every figure of a run depends on the judge, by the metrics of the catalogue and the evidence of the validity map.
 *
 * @returns by `scope/name`, as `gates` names them; figures without a judged item are absent
 */
export function relianceOf(context: RelianceContext): ReadonlyMap<string, FigureReliance> {
  const { run, catalogue, versions, mixes } = context;
  const tasks = catalogue.datasets
    .filter(({ track }) => track === run.track)
    .map(({ id, dimension }) => ({
      dataset: id,
      dimension,
      weight: (versions.get(id)?.components ?? []).reduce((sum, { weight }) => sum + weight, 0),
    }));
  return figureReliance(
    mixes.map((mix) => ({
      ...mix,
      components: componentsOf(versions.get(mix.dataset), mix.part).map((component) =>
        itemComponent(component, mix, context),
      ),
    })),
    tasks,
  );
}

/** Components that score the items of one file. */
function componentsOf(version: MetricVersion | undefined, part: string): readonly ScoringComponent[] {
  return (version?.components ?? []).filter(
    (component) => component.part === undefined || component.part === part,
  );
}

function itemComponent(
  { scorer, weight, part }: ScoringComponent,
  { primary, dataset, language }: ItemMix,
  { run, evidence, policy, minimumGroups }: RelianceContext,
): ItemComponent {
  const kind = verdictKindOf(scorer);
  if (kind === null) return { weight, part, verdicts: null };
  const { family, pool } = run;
  const place = { kind, specialties: primary, dataset, family, language, pool };
  const standing = verdictStanding(evidence.of(run.run_id, dataset, kind), place, {
    ...policy,
    minimumGroups,
  });
  return { weight, part, verdicts: { ...standing, isGrade: verdictKinds[kind].isGrade } };
}
