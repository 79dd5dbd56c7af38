import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type {
  CatalogueDocument,
  ComparisonRow,
  CoverageRow,
  DimensionRow,
  DistributionRow,
  GateRow,
  OutcomeRow,
  OverallRow,
  QuarantineRow,
  RankRow,
  ReadingRow,
  SourceFileRow,
  SpecialtyRow,
  SystemRow,
  TaskRow,
  TaxonomyDocument,
} from "../../src/components/rows.js";
import { rankSets } from "../../src/lib/ranking/rank-sets.js";
import { createRandom, randomNormal } from "../../src/lib/util/random.js";

/**
 * A release of invented numbers in the published shape, for tests of charts and pages: 15 systems on 3 tracks, one of
 * them incomplete, one under other settings, one with a hostile name, thin specialties, all outcomes.
 */
export function fabricateRelease(): Readonly<Record<string, unknown>> {
  const catalogue = JSON.parse(
    readFileSync(resolve(import.meta.dirname, "../../src/lib/catalogue/data/medbench-v4.json"), "utf8"),
  ) as CatalogueDocument["benchmarks"][number];
  const random = createRandom("fabricated release");
  const names: Readonly<Record<string, readonly string[]>> = {
    llm: [
      "Aster-70B",
      "Birch Medical",
      "Cedar-8B",
      "Dogwood",
      "Elm-Chat",
      "Fir 3 (API)",
      '<img src=x onerror="window.broken=1">',
    ],
    multimodal: ["Ginkgo-V", "Hazel Vision", "Ivy-VL-32B", "Juniper"],
    agent: ["Kapok Clinic Agent", "Larch Orchestrator with a long descriptive name", "Maple", "Nutmeg"],
  };
  const systems: SystemRow[] = [];
  const tasks: TaskRow[] = [];
  const dimensions: DimensionRow[] = [];
  const overall: OverallRow[] = [];
  const distributions: DistributionRow[] = [];
  const outcomes: OutcomeRow[] = [];
  const specialties: SpecialtyRow[] = [];
  const readings: ReadingRow[] = [];
  const gates: GateRow[] = [];
  const taxonomy: TaxonomyDocument = specialtyNames.flatMap(taxonomyOf);

  for (const track of catalogue.tracks) {
    for (const [index, system] of (names[track.id] ?? []).entries()) {
      const ability = 0.9 - index * 0.045 + randomNormal(random) * 0.02;
      const run = {
        run_id: `${system}.${track.id}.upload.upload-2026-03`,
        system,
        benchmark: catalogue.id,
        pool: "upload-2026-03",
        board: "upload",
        track: track.id,
      };
      const incomplete = track.id === "llm" && index === 4;
      systems.push({
        ...run,
        kind: track.id === "agent" ? "agent" : "model",
        family: null,
        organisation: index % 2 ? "Example Institute" : "示例公司",
        access: index % 3 ? "open" : "closed",
        parameters: index % 2 ? 7e10 : null,
        temperature: index === 5 ? 0 : 0.7,
        max_tokens: 512,
        context: null,
        scaffold: track.id === "agent" ? "ReAct" : null,
        backbone: null,
        submitted_at: "2026-03-10",
      });
      const identity = `identity-${track.id}`;
      const taskEstimates: { dimension: string; estimate: number | null }[] = [];
      for (const dataset of catalogue.datasets.filter((entry) => entry.track === track.id)) {
        const pending = incomplete && dataset.dimension === "medical-language-generation";
        const level = Math.min(0.98, Math.max(0.05, ability + randomNormal(random) * 0.08));
        const groups = 30;
        const values = new Map<number, number>();
        let sum = 0;
        for (let group = 0; group < groups; group += 1) {
          const steps = group % 2 ? 5 : 10;
          let value = 0;
          for (let step = 0; step < steps; step += 1) value += random() < level ? 1 / steps : 0;
          value = Math.round(value * 1e4) / 1e4;
          sum += value;
          values.set(value, (values.get(value) ?? 0) + 1);
        }
        const estimate = pending ? null : sum / groups;
        taskEstimates.push({ dimension: dataset.dimension, estimate });
        const half = 0.35 / Math.sqrt(groups);
        const lost = pending ? groups : index % 3;
        tasks.push({
          ...run,
          dataset: dataset.id,
          dimension: dataset.dimension,
          metric: "task",
          ...around(estimate, half),
          board_value: estimate === null ? null : Math.round(estimate * 1000) / 10,
          n_items: groups,
          n_groups: groups,
          n_expected: groups,
          n_scored: groups - lost,
          status: pending ? "awaiting_judgment" : "complete",
          identity,
        });
        if (!pending) {
          for (const [group_score, n_groups] of [...values].sort(([a], [b]) => a - b))
            distributions.push({ ...run, dataset: dataset.id, group_score, n_groups });
        }
        const lostTo = pending ? "awaiting_judgment" : index % 2 ? "unparsed" : "refused";
        outcomes.push({
          run_id: run.run_id,
          dataset: dataset.id,
          outcome: "scored",
          policy: "answer",
          n: groups - lost,
        });
        if (lost > 0)
          outcomes.push({
            run_id: run.run_id,
            dataset: dataset.id,
            outcome: lostTo,
            policy: pending ? "pending" : "wrong",
            n: lost,
          });
        if (dataset.id === "MedExam")
          readings.push({
            ...run,
            dataset: dataset.id,
            n_responses: 150,
            n_differ: index * 3,
            source_accuracy: Math.max(0, level - index * 0.02),
            our_accuracy: level,
          });
      }
      const inTrack = catalogue.dimensions.filter((entry) => entry.track === track.id);
      const dimensionEstimates: (number | null)[] = [];
      for (const dimension of inTrack) {
        const own = taskEstimates.filter((entry) => entry.dimension === dimension.id);
        const scored = own.flatMap(({ estimate }) => (estimate === null ? [] : [estimate]));
        const estimate = scored.length === own.length ? average(scored) : null;
        dimensionEstimates.push(estimate);
        dimensions.push({
          ...run,
          dimension: dimension.id,
          ...around(estimate, 0.06),
          ...rolled(estimate, scored, own.length),
          identity,
        });
      }
      const known = dimensionEstimates.flatMap((estimate) => (estimate === null ? [] : [estimate]));
      const estimate = known.length === inTrack.length ? average(known) : null;
      const scored = taskEstimates.flatMap((entry) => (entry.estimate === null ? [] : [entry.estimate]));
      gates.push(gateOn({ ...run, scope: "overall", name: "" }, "publish_with_warning"));
      overall.push({
        ...run,
        ...around(estimate, 0.022),
        ...rolled(estimate, scored, taskEstimates.length),
        identity,
      });
      for (const { code, level } of taxonomy) {
        const n = specialtySize(code);
        if (n === 0) continue;
        const value = Math.min(0.99, Math.max(0.02, ability + randomNormal(random) * 0.07));
        // Dermatology: the judge is not to be trusted there.
        const publication = code.startsWith("20") ? "withhold" : "publish_with_warning";
        gates.push(gateOn({ ...run, scope: "specialty", name: `${level}/${code}` }, publication));
        specialties.push({
          ...run,
          ...{ level, specialty: code, publication },
          ...around(publication === "withhold" ? null : value, 0.9 / Math.sqrt(n)),
          n_items: n,
          n_groups: n,
          n_expected: n,
          n_scored: n - (index % 2),
          thin: n < 30,
          identity,
        });
      }
    }
  }
  const coverage: CoverageRow[] = [
    ...taxonomy.map(({ code, level }) => ({
      benchmark: "medbench-v4",
      pool: "upload-2026-03",
      level,
      specialty: code,
      n_items: specialtySize(code),
      n_groups: specialtySize(code),
      n_datasets: Math.min(36, Math.ceil(specialtySize(code) / 4)),
    })),
    {
      benchmark: "medbench-v4",
      pool: "upload-2026-03",
      level: "primary",
      specialty: "",
      n_items: 212,
      n_groups: 212,
      n_datasets: 22,
    },
  ];
  const sourceFiles: SourceFileRow[] = systems.map(({ system }, index) => ({
    source: "uploads",
    file: `upload-${index + 1}.zip`,
    role: "answers",
    bytes: 100_000 + system.length,
    rows_in: 1200,
    rows_out: 1200 - (index % 4),
    rows_quarantined: index % 4,
  }));
  const quarantine: QuarantineRow[] = sourceFiles
    .filter(({ rows_quarantined }) => rows_quarantined > 0)
    .map(({ source, file, rows_quarantined }) => ({
      source,
      file,
      reason: "invalid_json",
      n: rows_quarantined,
    }));
  return {
    release: { schema: "medbench-release/1", benchmark: "medbench-v4", warehouse: "v-fabricated" },
    catalogue: { benchmarks: [catalogue] },
    taxonomy,
    dictionary: {
      overall_scores: {
        grain: "one run",
        columns: {
          run_id: { type: "VARCHAR", meaning: "run" },
          estimate: { type: "DOUBLE", meaning: "mean score" },
        },
      },
    },
    "tables/systems": systems,
    "tables/overall_scores": overall,
    "tables/dimension_scores": dimensions,
    "tables/task_scores": tasks,
    "tables/specialty_scores": specialties,
    "tables/specialty_coverage": coverage,
    "tables/score_distributions": distributions,
    "tables/outcome_counts": outcomes,
    "tables/reading_accuracy": readings,
    "tables/source_files": sourceFiles,
    "tables/quarantine_counts": quarantine,
    // No physician has rated anything yet: the page about judges must say so.
    "tables/agreement": [],
    "tables/judge_grades": [],
    "tables/validity": [],
    "tables/drift": [],
    "tables/rating_study": [],
    "tables/corrected_scores": [],
    "tables/judge_effects": [],
    "tables/gates": gates,
    ...ranksOf(overall, dimensions),
  };
}

/** Writes the fabricated release as a release folder with its CURRENT pointer. */
export function writeFabricatedRelease(root: string): void {
  const folder = join(root, "v-fabricated");
  mkdirSync(join(folder, "tables"), { recursive: true });
  const files: { file: string; sha256: string; bytes: number }[] = [];
  for (const [name, content] of Object.entries(fabricateRelease())) {
    const text = JSON.stringify(content);
    writeFileSync(join(folder, `${name}.json`), text);
    files.push({ file: `${name}.json`, sha256: "0".repeat(64), bytes: Buffer.byteLength(text) });
    if (name.startsWith("tables/")) {
      writeFileSync(join(folder, `${name}.csv`), "column\n");
      files.push({ file: `${name}.csv`, sha256: "0".repeat(64), bytes: 7 });
    }
  }
  writeFileSync(
    join(folder, "manifest.json"),
    JSON.stringify({ schema: "medbench-versioned-folder/1", files, stages: {} }),
  );
  writeFileSync(join(root, "CURRENT"), "v-fabricated\n");
}

const average = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

function around(estimate: number | null, half: number) {
  return {
    estimate,
    lower: estimate === null ? null : Math.max(0, estimate - half),
    upper: estimate === null ? null : Math.min(1, estimate + half),
    interval_method: estimate === null ? null : "cluster-robust",
    worst: estimate === null ? null : Math.max(0, estimate - 0.03),
    best: estimate === null ? null : Math.min(1, estimate + 0.03),
  };
}

function gateOn(figure: Omit<GateRow, keyof ReturnType<typeof gateFields>>, decision: string): GateRow {
  return { ...figure, ...gateFields(decision) };
}

function gateFields(decision: string) {
  const withheld = decision === "withhold";
  return {
    ...{ decision, rule: "unvalidated_share", measured: withheld ? 0.8 : 0.06, threshold: 0.2 },
    ...{ judge_share: 0.8, unvalidated_share: withheld ? 0.8 : 0.06, slices: "specialty:20" },
    ...{ lift: withheld ? "rate_more" : null, lift_items: withheld ? 17 : null },
  };
}

function rolled(estimate: number | null, scored: readonly number[], tasks: number) {
  return {
    board_value: estimate === null ? null : Math.round(estimate * 1000) / 10,
    mean_over_submitted: scored.length === 0 ? null : average(scored),
    n_dimensions: 1,
    n_tasks: tasks,
    n_tasks_scored: scored.length,
    n_items: tasks * 30,
    n_groups: tasks * 30,
    n_expected: tasks * 30,
    n_scored: scored.length * 29,
    status: estimate === null ? "incomplete" : "complete",
  };
}

const specialtyNames = [
  "Cardiology 心血管内科",
  "Respiratory medicine 呼吸内科",
  "Gastroenterology 消化内科",
  "Neurology 神经内科",
  "Nephrology 肾脏内科",
  "Endocrinology 内分泌科",
  "Haematology 血液内科",
  "Rheumatology 风湿免疫科",
  "Infectious diseases 感染科",
  "General surgery 普通外科",
  "Orthopaedics 骨科",
  "Neurosurgery 神经外科",
  "Urology 泌尿外科",
  "Thoracic surgery 胸外科",
  "Obstetrics and gynaecology 妇产科",
  "Paediatrics 儿科",
  "Ophthalmology 眼科",
  "Ear, nose and throat 耳鼻咽喉科",
  "Stomatology 口腔科",
  "Dermatology 皮肤科",
  "Psychiatry 精神科",
  "Oncology 肿瘤科",
  "Emergency medicine 急诊医学科",
  "Traditional Chinese medicine 中医科",
]; // prettier-ignore

function taxonomyOf(text: string, index: number): TaxonomyDocument[number][] {
  const zh = text.slice(text.lastIndexOf(" ") + 1);
  const en = text.slice(0, text.lastIndexOf(" "));
  const code = String(index + 1).padStart(2, "0");
  return [
    { code, level: "primary" as const, parent: null, name: { en, zh } },
    ...[1, 2, 3].map((number) => ({
      code: `${code}.0${number}`,
      level: "secondary" as const,
      parent: code,
      name: { en: `${en}, subspecialty ${number}`, zh: `${zh}亚专科${number}` },
    })),
  ];
}

/** Sizes from none to large, so that empty and thin cells are there. */
function specialtySize(code: string): number {
  const [primary = 0, secondary = 0] = code.split(".").map(Number);
  return secondary === 0 ? ((primary * 37) % 120) + 8 : (primary * 7 + secondary * 11) % 48;
}

/** Ranks and comparisons of the invented scores, as if systems had no questions in common. */
function ranksOf(overall: readonly OverallRow[], dimensions: readonly DimensionRow[]) {
  const figures = [
    ...overall.map((row) => ({ row, scope: "overall" as const, name: "" })),
    ...dimensions.map((row) => ({ row, scope: "dimension" as const, name: row.dimension })),
  ];
  const identities = new Map(overall.map(({ run_id, identity }) => [run_id, identity]));
  const sets = new Map<string, typeof figures>();
  for (const figure of figures) {
    const { track, board, pool, run_id } = figure.row;
    const key = JSON.stringify([figure.scope, figure.name, track, board, pool, identities.get(run_id)]);
    sets.set(key, [...(sets.get(key) ?? []), figure]);
  }
  const ranks: RankRow[] = [];
  const comparisons: ComparisonRow[] = [];
  for (const set of sets.values()) {
    const scored = set.filter(({ row }) => row.estimate !== null && row.lower !== null && row.upper !== null);
    const error = ({ row }: (typeof set)[number]) => ((row.upper as number) - (row.lower as number)) / 3.92;
    const drawn = rankSets(
      scored.map(({ row }) => row.run_id),
      scored.map(({ row }) => row.estimate as number),
      scored.map((a, i) => scored.map((_, j) => (i === j ? error(a) ** 2 : 0))),
      { draws: 500 },
    );
    for (const { row, scope, name } of set) {
      const { run_id, system, benchmark, track, board, pool } = row;
      const own = scored.length < 2 ? undefined : drawn.sets.find((one) => one.system === run_id);
      ranks.push({
        ...{ run_id, system, benchmark, track, board, pool, scope, name, basis: "as_scored" },
        ...{ rank: own?.rank ?? null, rank_best: own?.best ?? null, rank_worst: own?.worst ?? null },
        ...{ n_ranked: scored.length, reason: own === undefined ? "not ranked" : null },
      });
    }
    for (const [i, a] of scored.entries()) {
      for (const [j, b] of scored.entries()) {
        const difference = (a.row.estimate as number) - (b.row.estimate as number);
        if (difference < 0 || (difference === 0 && i >= j)) continue;
        const half = 1.96 * Math.hypot(error(a), error(b));
        const { run_id, system, benchmark, track, board, pool } = a.row;
        comparisons.push({
          ...{
            run_id,
            system,
            benchmark,
            track,
            board,
            pool,
            scope: a.scope,
            name: a.name,
            basis: "as_scored",
          },
          ...{ other_run_id: b.row.run_id, other_system: b.row.system, difference },
          ...{ lower: difference - half, upper: difference + half, p_holm: 0.5 },
          ...{ is_ordered: drawn.better[i]?.[j] ?? false, n_shared_groups: a.row.n_groups },
        });
      }
    }
  }
  return { "tables/ranks": ranks, "tables/comparisons": comparisons };
}
