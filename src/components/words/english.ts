import { englishPlural as plural } from "../../lib/messages/plural.js";
import { renderStored } from "../../lib/messages/render.js";
import type { Row } from "../../lib/records/tables.js";
import { grrasEnglish } from "./grras-english.js";
import { judgeEnglish } from "./judge-english.js";
import { quarantineEnglish } from "./quarantine-english.js";
import { trialsEnglish } from "./trials-english.js";

export const english = {
  language: { code: "en" as "en" | "zh", separator: ", ", colon: ": ", semicolon: "; " },
  site: {
    title: "MedBench report",
    home: "MedBench report",
    footer: "Built from released tables only. Contains no item text and no gold answers.",
    source: (warehouse: string) =>
      `Source: released tables of warehouse ${warehouse}. All tables and a data dictionary: `,
    stubJudge: (judges: readonly string[]) =>
      `Trial only: the judge of record (${judges.join(", ")}) is a stub that grades without reading. Every score that depends on a judge is meaningless.`,
    skip: "Skip to the content",
    sidebar: "Show or hide the navigation",
    otherLanguage: "中文",
  },
  nav: {
    overview: "Overview",
    leaderboard: "Leaderboard",
    distributions: "Score distributions",
    specialties: "Specialties",
    judge: "Can the judge be trusted?",
    quality: "Data quality",
    methods: "Methods",
    methodsReading: "How answers are read",
    methodsRollUp: "How scores are rolled up",
    methodsIntervals: "How sure a score is",
    methodsSpecialties: "Scores by specialty",
    methodsOutcomes: "What was not scored",
    methodsIdentity: "What may be compared",
    methodsTrials: "Where intervals were tried",
    statistics: "Statistics",
    statisticsAgreement: "Agreement",
    statisticsIntervals: "Intervals",
    statisticsComparisons: "Comparisons",
    statisticsClassification: "Classification and text",
    statisticsRanking: "Ranking",
    statisticsCalibration: "Judge calibration",
    statisticsItemResponse: "Item response theory",
    statisticsPower: "Planning a study",
    downloads: "Downloads",
  },
  common: {
    /** The message in two columns of a table (reasons, subjects), in the language of the page. */
    message: (code: string | null, parameters: string | null) => renderStored(code, parameters, "en"),
    score: "Score",
    scoreAxis: "Score, 0 to 100",
    interval: "95% interval",
    system: "System",
    organisation: "Organization",
    access: "Access",
    board: "Board",
    pool: "Pool",
    track: "Track",
    dimension: "Dimension",
    dataset: "Dataset",
    specialty: "Specialty",
    boardValue: "Board value",
    rankRange: "Rank, 95% set",
    items: "Items",
    groups: "Groups",
    scoredOf: "Scored",
    status: "Status",
    bounds: "Worst to best",
    overall: "Overall",
    safety: "Safety",
    all: "All",
    none: "none",
    undefinedScore: "no score yet",
    total: "Total",
    scored: (n: number, of: number) => `scored ${n.toLocaleString("en")} of ${of.toLocaleString("en")}`,
    to: (lower: string, upper: string) => `${lower} to ${upper}`,
    itemsIn: (n: number) => plural(n, "item", "items"),
    groupsIn: (n: number) => plural(n, "group", "groups"),
    fewGroups: "too few independent groups for the interval to be trusted",
    tasksOf: (n: number, of: number) => `${n} of ${plural(of, "task", "tasks")}`,
    incomplete: (n: number, of: number) =>
      `incomplete: mean over ${n} of ${plural(of, "task", "tasks")}, not ranked`,
    otherSettings: "not the standard settings",
    temperature: (value: number) => `temperature ${value}`,
    maxTokens: (value: number) => `up to ${value} tokens`,
    context: (value: number) => `context ${value}`,
    boards: { upload: "answer upload", api: "API" } satisfies Readonly<Record<Row<"runs">["board"], string>>,
    accessKinds: { "open weights": "open weights", closed: "closed", api: "API" } as Readonly<
      Record<string, string>
    >,
    statuses: {
      complete: "complete",
      incomplete: "incomplete",
      awaiting_gold: "awaiting gold answers",
      awaiting_judgment: "awaiting judgment",
      not_submitted: "not submitted",
      not_computed: "metric not computed here",
    } satisfies Readonly<Record<Row<"task_scores">["status"] | Row<"overall_scores">["status"], string>>,
    outcomes: {
      scored: "Scored",
      refused: "Refused",
      empty: "Empty",
      unparsed: "No readable answer",
      conflict: "Letter and text contradict",
      truncated: "Cut off",
      judge_failed: "Judge failed",
      errored: "Technical error",
      missing: "Missing",
      awaiting_gold: "Awaiting gold answer",
      awaiting_judgment: "Awaiting judgment",
      excluded: "Excluded",
    } satisfies Readonly<Record<Row<"outcomes">["outcome"], string>>,
    policies: {
      answer: "counts as answered",
      wrong: "counts as wrong",
      "left out": "left out of the mean",
      pending: "pending",
    } satisfies Readonly<Record<Row<"outcomes">["policy"], string>>,
  },
  controls: {
    set: "Board and pool",
    search: "Search systems",
    searchHint: "Name or organization",
    level: "Level",
    primary: "Primary specialties",
    secondary: "Secondary specialties",
    view: "View",
    sortBy: (column: string) => `Sort by ${column}`,
    showAll: (n: number) => `Show all ${n.toLocaleString("en")} rows`,
    tableOf: (n: number) => `The same as a table (${plural(n, "row", "rows")})`,
    chartKeys: "Use the arrow keys to step through the values.",
    noRows: "Nothing matches.",
  },
  overview: {
    counts: {
      systems: "systems",
      datasets: "datasets",
      items: "items",
      responses: "responses expected",
      scored: "scored",
    },
    safetyNone: "This track has no safety dimension.",
    more: (n: number) => `and ${n} more on the leaderboard`,
    trust: "What to trust",
    ties: (n: number, track: string) =>
      n === 0
        ? `${track}: systems are not compared question by question here, so it has not been tested which is better.`
        : n === 1
          ? `${track}: one system leads; compared on the shared questions, it is better than every other.`
          : `${track}: any of ${n} systems may be the best; comparing them on the shared questions does not show which.`,
    unscored: (share: string) =>
      `${share} of the expected responses were not scored from an answer; each one is accounted for.`,
    thin: (n: number, of: number) =>
      `${n} of ${of} specialties have fewer than 30 items in every pool; interpret them with caution.`,
    alone: (n: number) =>
      `${plural(n, "system", "systems")} used settings that no other system used, so no comparison is possible; see the leaderboard.`,
    incompleteSystems: (n: number) =>
      n === 0
        ? "All systems have a complete score."
        : `${plural(n, "system is", "systems are")} incomplete and not ranked.`,
    inferred: (n: number) =>
      `${plural(n, "dimension is", "dimensions are")} inferred rather than published by the benchmark's owner.`,
    chart: (track: string) => `${track}: safety and overall score of each system with 95% intervals`,
  },
  leaderboard: {
    overallCaption: (set: string) =>
      `Overall score by system, ${set}. A dot is the score, the line its 95% interval. Lines do not show which of two systems is better, whether they overlap or not; the comparison on shared questions below does.`,
    pairs: {
      caption: (set: string) =>
        `Score of each row minus score of each column, in points out of 100, ${set}. ▲ or ▼: the data show which of the two is better, with 95% confidence over all pairs together. No mark: undecided.`,
      tableCaption: (set: string) =>
        `Every pair of systems, ${set}: the difference on shared questions. The interval is for the pair alone; p is adjusted for all pairs (Holm).`,
      none: "No two systems in this set can be compared.",
      higher: "Higher score",
      lower: "Lower score",
      difference: "Difference",
      pHolm: "p (Holm)",
      ordered: "Decided",
      yes: "yes",
      no: "undecided",
      sharedGroups: "Shared groups",
    },
    dimensionCaption: (dimension: string, set: string) =>
      `${dimension} by system, ${set}. Dots are scores, lines 95% intervals.`,
    byDimension: "By dimension",
    inferredDimension: "Grouping inferred, not published by the benchmark's owner",
    hollow:
      "A hollow diamond is the mean over the submitted tasks of an incomplete system; it is not comparable and not ranked.",
    identityNote: (n: number) =>
      `The ${n} sets of scores below cannot be compared with each other, so each has its own chart.`,
  },
  distributions: {
    axisGroups: "Groups",
    axisShare: "Share of groups at or below, %",
    axisGroupScore: "Group score, 0 to 100",
    allCaption: (dataset: string, set: string) =>
      `${dataset}, ${set}: every group of every system. The area of a dot is the number of groups with that score; the diamond is the mean, the line its 95% interval.`,
    barsCaption: (system: string, dataset: string, n: number) =>
      `${system} on ${dataset}: ${plural(n, "group", "groups")} by score, in steps of 10; the last step includes 100.`,
    ecdfCaption: (system: string, n: number) =>
      `Share of groups at or below each score: ${system} in color (n = ${n.toLocaleString("en")}), the other systems in gray. A curve further to the right is better.`,
    mean: "Mean",
    nothing: "This system has no scores on this dataset.",
  },
  specialties: {
    heatCaption: (set: string, level: string) =>
      `${level} by system, ${set}. A stronger color means a higher score. Hatched cells have fewer than 30 items; interpret them with caution. Empty cells have no score.`,
    detailCaption: (system: string, level: string) =>
      `${system}: ${level.toLowerCase()} with 95% intervals. Hollow marks have fewer than 30 items. Small squares are pooled scores: the same score pulled toward what the other specialties and systems lead one to expect, more so where there are few items.`,
    coverageCaption: (pool: string) =>
      `Items per specialty in pool ${pool}. Hatched bars have fewer than 30 items.`,
    thin: "fewer than 30 items",
    noSpecialty: "No specialty assigned",
    noItems: (n: number) => `${plural(n, "specialty", "specialties")} in the taxonomy without any items`,
    untagged: (n: number, of: number) =>
      `${n.toLocaleString("en")} of ${of.toLocaleString("en")} items have no specialty; they count on the leaderboard but appear in no row here.`,
    datasets: "Datasets",
    thinColumn: "Below 30",
    pooled: "Pooled",
    pooledInterval: "Pooled, 95% interval",
    prior: "Expected ± SD",
    shrinkage: "Shrinkage",
    itemsAxis: "Items",
  },
  grras: grrasEnglish,
  judge: judgeEnglish,
  quality: {
    ledgerCaption: (set: string) =>
      `Outcomes of the expected responses that were not scored from an answer, ${set}, as a percentage of expected responses.`,
    ledgerFullCaption: (set: string) =>
      `Outcomes of all expected responses, ${set}, as a percentage of expected responses.`,
    lossAxis: "Share of expected responses, %",
    onlyLost: "Only what was not scored",
    everything: "Everything",
    nothingLost: "Every expected response was scored from an answer.",
    expected: "Expected",
    outcome: "Outcome",
    policy: "How it counts",
    responses: "Responses",
    share: "Share",
    filesCaption: "All input files: rows in = rows accepted + rows in quarantine.",
    quarantineCaption: "Rows that were not accepted, by file and reason.",
    source: "Source",
    file: "File",
    role: "Used as",
    rowsIn: "Rows in",
    rowsOut: "Rows accepted",
    rowsQuarantined: "In quarantine",
    reason: "Reason",
    roles: {
      questions: "questions",
      answers: "answers",
      gold: "gold answers",
      crosswalk: "specialties",
      systems: "systems",
      mapping: "mapping",
      ignored: "ignored",
      refused: "rejected",
    } satisfies Readonly<Record<Row<"source_files">["role"], string>>,
    reasons: quarantineEnglish,
    readingCaption:
      "Accuracy with the answers as the source read them (hollow) and as this workbench reads them (filled). The line between them is the difference made by reading alone.",
    sourceReading: "Source's reading",
    ourReading: "Our reading",
    difference: "Difference",
    differ: "Read differently",
    noReadings: "No source in this release published how it read the answers.",
    noQuarantine: "Nothing is in quarantine.",
    balance: (inRows: number, out: number, quarantined: number) =>
      `${inRows.toLocaleString("en")} rows in = ${out.toLocaleString("en")} accepted + ${quarantined.toLocaleString("en")} in quarantine.`,
  },
  trials: trialsEnglish,
  examples: {
    statistic: "Statistic",
    value: "Value",
    reading: "Interpretation",
    caption: (what: string) => `${what} (computed on this page)`,
    undefined: "undefined",
    interval: (estimate: string, lower: string, upper: string) => `${estimate} (${lower} to ${upper})`,
  },
  downloads: {
    table: "Table",
    grain: "Each row is",
    rows: "Rows",
    files: "Files",
    caption: "Every table behind these pages.",
    column: "Column",
    type: "Type",
    meaning: "Meaning",
    dictionaryOf: (table: string) => `Columns of ${table}`,
    provenance: "Where the numbers come from",
    field: "Field",
    value: "Value",
  },
};

/** Every word a page shows outside its prose. The English dictionary is the shape that the others fill. */
export type Words = {
  readonly [Section in keyof typeof english]: Translated<(typeof english)[Section]>;
};

type Translated<Value> = Value extends "en" | "zh"
  ? "en" | "zh"
  : Value extends string
    ? string
    : Value extends (...values: infer Arguments) => string
      ? (...values: Arguments) => string
      : { readonly [Key in keyof Value]: Translated<Value[Key]> };
