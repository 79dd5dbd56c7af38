import type { CatalogueDocument } from "../../../src/components/documents.js";
import type { ReleasedRow } from "../../../src/lib/records/released-tables.js";
import { clamp } from "../../../src/lib/util/clamp.js";
import { type Random, randomNormal } from "../../../src/lib/util/random.js";
import { mean } from "../../../src/lib/util/sum.js";
import { releasedRow } from "../released-row.js";
import { around, gateOn, rolled } from "./figures.js";
import { specialtySize, taxonomy } from "./specialties.js";

type Catalogue = CatalogueDocument["benchmarks"][number];

/** All rows that are about one run. */
export interface FabricatedRun {
  readonly system: ReleasedRow<"systems">;
  readonly overall: ReleasedRow<"overall_scores">;
  readonly dimensions: readonly ReleasedRow<"dimension_scores">[];
  readonly tasks: readonly ReleasedRow<"task_scores">[];
  readonly distributions: readonly ReleasedRow<"score_distributions">[];
  readonly outcomes: readonly ReleasedRow<"outcome_counts">[];
  readonly readings: readonly ReleasedRow<"reading_accuracy">[];
  readonly specialties: readonly ReleasedRow<"specialty_scores">[];
  readonly gates: readonly ReleasedRow<"gates">[];
}

interface Place {
  readonly catalogue: Catalogue;
  readonly track: string;
  readonly system: string;
  /** Place in the track; the first is the best. */
  readonly index: number;
}

const groups = 30;

/** Rows of an invented system: the fifth language model is incomplete, the sixth ran under settings of its own. */
export function fabricateRun({ catalogue, track, system, index }: Place, random: Random): FabricatedRun {
  const ability = 0.9 - index * 0.045 + randomNormal(random) * 0.02;
  const run = {
    run_id: `${system}.${track}.upload.upload-2026-03`,
    ...{ system, benchmark: catalogue.id, pool: "upload-2026-03", board: "upload" as const, track },
  };
  const identity = `identity-${track}`;
  const isPending = (dimension: string) =>
    track === "llm" && index === 4 && dimension === "medical-language-generation";
  const tasks = catalogue.datasets
    .filter((dataset) => dataset.track === track)
    .map((dataset) => {
      const level = clamp(ability + randomNormal(random) * 0.08, 0.05, 0.98);
      return { dataset, level, pending: isPending(dataset.dimension), values: groupScores(level, random) };
    })
    .map((task) => ({ ...task, estimate: task.pending ? null : mean(task.values) }));
  const estimatesOf = (own: readonly { readonly estimate: number | null }[]) =>
    own.flatMap(({ estimate }) => (estimate === null ? [] : [estimate]));
  const meanOfAll = (own: readonly { readonly estimate: number | null }[]) =>
    own.every(({ estimate }) => estimate !== null) ? mean(estimatesOf(own)) : null;

  const dimensions = catalogue.dimensions
    .filter((dimension) => dimension.track === track)
    .map((dimension) => {
      const own = tasks.filter(({ dataset }) => dataset.dimension === dimension.id);
      const estimate = meanOfAll(own);
      return releasedRow("dimension_scores", {
        ...{ ...run, dimension: dimension.id, ...around(estimate, 0.06), identity },
        ...rolled(estimate, estimatesOf(own), own.length),
      });
    });
  const estimate = meanOfAll(dimensions);
  const specialties = specialtyRows(ability, index, random);
  return {
    system: releasedRow("systems", { ...run, ...settingsOf(track, index) }),
    overall: releasedRow("overall_scores", {
      ...{ ...run, ...around(estimate, 0.022), identity, n_dimensions: dimensions.length },
      ...rolled(estimate, estimatesOf(tasks), tasks.length),
    }),
    dimensions,
    tasks: tasks.map(({ dataset, estimate, pending }) =>
      releasedRow("task_scores", {
        ...{ ...run, dataset: dataset.id, dimension: dataset.dimension, metric: "task", identity },
        ...around(estimate, 0.35 / Math.sqrt(groups)),
        board_value: estimate === null ? null : Math.round(estimate * 1000) / 10,
        ...{
          n_items: groups,
          n_groups: groups,
          n_expected: groups,
          n_scored: pending ? 0 : groups - (index % 3),
        },
        status: pending ? "awaiting_judgment" : "complete",
      }),
    ),
    distributions: tasks
      .filter(({ pending }) => !pending)
      .flatMap(({ dataset, values }) =>
        counted(values).map(([group_score, n_groups]) =>
          releasedRow("score_distributions", { ...run, dataset: dataset.id, group_score, n_groups }),
        ),
      ),
    outcomes: tasks.flatMap(({ dataset, pending }) =>
      outcomesOf(pending, index).map((outcome) =>
        releasedRow("outcome_counts", { ...run, dataset: dataset.id, ...outcome }),
      ),
    ),
    readings: tasks
      .filter(({ dataset }) => dataset.id === "MedExam")
      .map(({ dataset, level }) =>
        releasedRow("reading_accuracy", {
          ...{ ...run, dataset: dataset.id, n_responses: 150, n_differ: index * 3 },
          ...{ source_accuracy: Math.max(0, level - index * 0.02), our_accuracy: level },
        }),
      ),
    specialties: specialties.map((row) => releasedRow("specialty_scores", { ...run, ...row, identity })),
    gates: [
      gateOn({ ...run, scope: "overall", name: "" }, "publish_with_warning"),
      ...specialties.map(({ level, specialty, publication }) =>
        gateOn({ ...run, scope: "specialty", name: `${level}/${specialty}` }, publication),
      ),
    ],
  };
}

const settingsOf = (track: string, index: number): Partial<ReleasedRow<"systems">> => ({
  kind: track === "agent" ? "agent" : "model",
  family: null,
  organisation: index % 2 ? "Example Institute" : "示例公司",
  access: index % 3 ? "open" : "closed",
  parameters: index % 2 ? 7e10 : null,
  temperature: index === 5 ? 0 : 0.7,
  max_tokens: 512,
  context: null,
  scaffold: track === "agent" ? "ReAct" : null,
  backbone: null,
  submitted_at: "2026-03-10",
});

/** Scores of the groups, in steps of a tenth and of a fifth in turn. */
const groupScores = (level: number, random: Random): number[] =>
  Array.from({ length: groups }, (_, group) => {
    const steps = group % 2 ? 5 : 10;
    let right = 0;
    for (let step = 0; step < steps; step += 1) right += Number(random() < level);
    return Math.round((right / steps) * 1e4) / 1e4;
  });

function counted(values: readonly number[]): [value: number, n: number][] {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort(([a], [b]) => a - b);
}

function outcomesOf(
  pending: boolean,
  index: number,
): Pick<ReleasedRow<"outcome_counts">, "outcome" | "policy" | "n">[] {
  if (pending) return [{ outcome: "awaiting_judgment", policy: "pending", n: groups }];
  const lost = index % 3;
  const scored = { outcome: "scored", policy: "answer", n: groups - lost } as const;
  const wrong = { outcome: index % 2 ? "unparsed" : "refused", policy: "wrong", n: lost } as const;
  return lost > 0 ? [scored, wrong] : [scored];
}

/** Pulled to the ability of the system as if it were worth 40 items. */
function pooledToward(ability: number, value: number | null, n: number) {
  if (value === null) return {};
  const shrinkage = 40 / (40 + n);
  const pooled = clamp(shrinkage * ability + (1 - shrinkage) * value, 0.02, 0.98);
  return {
    ...{ pooled, pooled_lower: clamp(pooled - 0.06, 0, 1), pooled_upper: clamp(pooled + 0.06, 0, 1) },
    ...{ prior_mean: ability, prior_sd: 0.05, shrinkage, n_pooled_runs: 15 },
  };
}

/** In dermatology (20) the judge is not to be trusted, so that nothing is published there. */
const specialtyRows = (ability: number, index: number, random: Random) =>
  taxonomy
    .filter(({ code }) => specialtySize(code) > 0)
    .map(({ code, level }) => {
      const n = specialtySize(code);
      const value = clamp(ability + randomNormal(random) * 0.07, 0.02, 0.99);
      const publication: ReleasedRow<"gates">["decision"] = code.startsWith("20")
        ? "withhold"
        : "publish_with_warning";
      return {
        ...{ level, specialty: code, publication, thin: n < 30 },
        ...around(publication === "withhold" ? null : value, 0.9 / Math.sqrt(n)),
        ...pooledToward(ability, publication === "withhold" ? null : value, n),
        ...{ n_items: n, n_groups: n, n_expected: n, n_scored: n - (index % 2) },
      };
    });
