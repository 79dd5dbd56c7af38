import { renderStored } from "../../lib/messages/render.js";
import { grrasEnglish } from "./grras-english.js";
import { judgeEnglish } from "./judge-english.js";
import { quarantineEnglish } from "./quarantine-english.js";

const plural = (n: number, one: string, many: string) => `${n.toLocaleString("en")} ${n === 1 ? one : many}`;

export const english = {
  language: { code: "en" as "en" | "zh", separator: ", ", colon: ": ", semicolon: "; " },
  site: {
    title: "MedBench report",
    home: "MedBench report",
    footer: "Built from released tables only. It holds no item text and no gold answers.",
    source: (warehouse: string) =>
      `Source: released tables of warehouse ${warehouse}. All tables and a data dictionary: `,
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
    tasksOf: (n: number, of: number) => `${n} of ${plural(of, "task", "tasks")}`,
    incomplete: (n: number, of: number) =>
      `incomplete: mean over ${n} of ${plural(of, "task", "tasks")}, not ranked`,
    otherSettings: "not the standard settings",
    temperature: (value: number) => `temperature ${value}`,
    maxTokens: (value: number) => `up to ${value} tokens`,
    context: (value: number) => `context ${value}`,
    boards: { upload: "answer upload", api: "API" } as Readonly<Record<string, string>>,
    accessKinds: { "open weights": "open weights", closed: "closed", api: "API" } as Readonly<
      Record<string, string>
    >,
    statuses: {
      complete: "complete",
      incomplete: "incomplete",
      awaiting_gold: "awaiting gold answers",
      awaiting_judgment: "awaiting judgment",
      not_submitted: "not submitted",
    } as Readonly<Record<string, string>>,
    outcomes: {
      scored: "Scored",
      refused: "Refused",
      empty: "Empty",
      unparsed: "No readable answer",
      truncated: "Cut off",
      judge_failed: "Judge failed",
      errored: "Technical error",
      missing: "Missing",
      awaiting_gold: "Awaiting gold answer",
      awaiting_judgment: "Awaiting judgment",
      excluded: "Excluded",
    } as Readonly<Record<string, string>>,
    policies: {
      answer: "counts as answered",
      wrong: "counts as wrong",
      "left out": "left out of the mean",
      pending: "pending",
    } as Readonly<Record<string, string>>,
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
        ? `${track}: systems are not compared question by question here; go by intervals that do not overlap.`
        : n === 1
          ? `${track}: one system leads; compared on the shared questions, it is better than every other.`
          : `${track}: any of ${n} systems may be the best; compared on the shared questions, the data do not tell which.`,
    unscored: (share: string) =>
      `${share} of the expected responses were not scored from an answer; each is accounted for.`,
    thin: (n: number, of: number) =>
      `${n} of ${of} specialties have fewer than 30 items in every pool: read them with care.`,
    alone: (n: number) =>
      `${plural(n, "system", "systems")} ran under settings of its own and can be compared with no other; see the leaderboard.`,
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
      `Overall score by system, ${set}. A dot is the score, the line its 95% interval; the shaded band is the leader's. Lines that overlap do not decide: systems are compared on the shared questions below.`,
    pairs: {
      caption: (set: string) =>
        `Lead of each row over each column in points of 100, ${set}. ▲ or ▼: the data order the two, at 95% confidence over all pairs together. No mark: the order is open.`,
      tableCaption: (set: string) =>
        `Every pair of systems, ${set}: the difference on shared questions. The interval is for the pair alone; p is adjusted for all pairs (Holm).`,
      none: "No two systems of this set can be compared.",
      higher: "Higher score",
      lower: "Lower score",
      difference: "Difference",
      pHolm: "p (Holm)",
      ordered: "Ordered",
      yes: "yes",
      no: "open",
      sharedGroups: "Shared groups",
    },
    dimensionCaption: (dimension: string, set: string) =>
      `${dimension} by system, ${set}. Dots are scores, lines 95% intervals.`,
    byDimension: "By dimension",
    inferredDimension: "Grouping inferred, not published by the benchmark's owner",
    hollow:
      "A hollow diamond is the mean over the submitted tasks of an incomplete system: it is not comparable and not ranked.",
    identityNote: (n: number) =>
      `${n} sets of scores below differ in something that makes them incomparable, so each has a chart of its own.`,
  },
  distributions: {
    axisGroups: "Groups",
    axisShare: "Share of groups at or below, %",
    axisGroupScore: "Group score, 0 to 100",
    allCaption: (dataset: string, set: string) =>
      `${dataset}, ${set}: every group of every system. The area of a dot is the number of groups with that score; the diamond is the mean, the line its 95% interval.`,
    barsCaption: (system: string, dataset: string, n: number) =>
      `${system} on ${dataset}: ${plural(n, "group", "groups")} by score, in steps of 10; the last step takes 100 too.`,
    ecdfCaption: (system: string, n: number) =>
      `Share of groups at or below each score: ${system} in color (n = ${n.toLocaleString("en")}), the other systems in gray. A curve further right is better.`,
    mean: "Mean",
    nothing: "This system has no scores on this dataset.",
  },
  specialties: {
    heatCaption: (set: string, level: string) =>
      `${level} by system, ${set}. The stronger the color, the higher the score. Hatched cells have fewer than 30 items: read them with care. An empty cell has no score.`,
    detailCaption: (system: string, level: string) =>
      `${system}: ${level.toLowerCase()} with 95% intervals. Hollow marks have fewer than 30 items.`,
    coverageCaption: (pool: string) =>
      `Items per specialty in pool ${pool}. Hatched bars are below 30 items.`,
    thin: "thin: fewer than 30 items",
    noSpecialty: "No specialty assigned",
    noItems: (n: number) => `${plural(n, "specialty", "specialties")} of the taxonomy without any item`,
    untagged: (n: number, of: number) =>
      `${n.toLocaleString("en")} of ${of.toLocaleString("en")} items have no specialty; they count in the leaderboard but in no row here.`,
    datasets: "Datasets",
    thinColumn: "Below 30",
    itemsAxis: "Items",
  },
  grras: grrasEnglish,
  judge: judgeEnglish,
  quality: {
    ledgerCaption: (set: string) =>
      `What became of every expected response that was not scored from an answer, ${set}: share of expected responses, %.`,
    ledgerFullCaption: (set: string) =>
      `What became of every expected response, ${set}: share of expected responses, %.`,
    lossAxis: "Share of expected responses, %",
    onlyLost: "Only what was not scored",
    everything: "Everything",
    nothingLost: "Every expected response was scored from an answer.",
    expected: "Expected",
    outcome: "Outcome",
    policy: "Counts how",
    responses: "Responses",
    share: "Share",
    filesCaption: "Every file that came in: rows in = rows taken + rows in quarantine.",
    quarantineCaption: "Rows that were not taken, by file and reason.",
    source: "Source",
    file: "File",
    role: "Taken for",
    rowsIn: "Rows in",
    rowsOut: "Rows taken",
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
      refused: "refused",
    } as Readonly<Record<string, string>>,
    reasons: quarantineEnglish,
    readingCaption:
      "Accuracy with the answers as the source read them (hollow) and as this workbench reads them (filled). The line between is what reading alone changes.",
    sourceReading: "Source's reading",
    ourReading: "Our reading",
    difference: "Difference",
    differ: "Read differently",
    noReadings: "No source in this release published its own readings.",
    noQuarantine: "Nothing is in quarantine.",
    balance: (inRows: number, out: number, quarantined: number) =>
      `${inRows.toLocaleString("en")} rows in = ${out.toLocaleString("en")} taken + ${quarantined.toLocaleString("en")} in quarantine.`,
  },
  examples: {
    statistic: "Statistic",
    value: "Value",
    reading: "What it says",
    caption: (what: string) => `${what} (computed on this page)`,
    undefined: "undefined",
    interval: (estimate: string, lower: string, upper: string) => `${estimate} (${lower} to ${upper})`,
  },
  downloads: {
    table: "Table",
    grain: "One row is",
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
