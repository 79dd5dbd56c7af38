import type { IForbiddenRuleType } from "dependency-cruiser";

/** What a folder may import, besides itself: other folders (paths from the root), npm packages, Node itself. */
export interface Floor {
  readonly folder: string;
  readonly may: readonly string[];
  /** Names of npm packages; `*` for any. */
  readonly packages?: readonly string[];
  readonly node?: boolean;
}

const statistics = [
  "src/lib/stats",
  "src/lib/util",
  "src/lib/records",
  "src/lib/messages",
  "src/lib/errors.ts",
];

/** The library, from the bottom up. No folder of it may read a file, the clock or the network. */
const libraryFloors: readonly Floor[] = [
  { folder: "src/lib/errors.ts", may: [] },
  { folder: "src/lib/util", may: ["src/lib/errors.ts"], packages: ["@stdlib/*"] },
  // The codes of everything that tables say in words, and their sentences in each language.
  {
    folder: "src/lib/messages",
    may: ["src/lib/util", "src/lib/publication/gate.ts", "src/lib/errors.ts"],
  },
  // The columns of the gates hold the gate's own vocabulary.
  {
    folder: "src/lib/records",
    may: ["src/lib/errors.ts", "src/lib/publication/gate.ts", "src/lib/messages/codes.ts"],
    packages: ["zod"],
  },
  { folder: "src/lib/stats", may: ["src/lib/util", "src/lib/messages", "src/lib/errors.ts"] },
  { folder: "src/lib/scorers", may: [...statistics, "src/lib/metrics"], packages: ["zod"] },
  { folder: "src/lib/catalogue", may: [...statistics, "src/lib/scorers"], packages: ["zod"] },
  // The package assigns boxes to boxes.
  { folder: "src/lib/metrics", may: statistics, packages: ["munkres"] },
  { folder: "src/lib/agreement", may: statistics },
  { folder: "src/lib/calibration", may: [...statistics, "src/lib/agreement"] },
  { folder: "src/lib/ranking", may: statistics },
  { folder: "src/lib/publication", may: statistics },
  { folder: "src/lib/stress", may: statistics },
];

const anyPackage = { packages: ["*"], node: true } as const;

/** The rooms of `pipelines`, from the bottom up. */
const pipelineFloors: readonly Floor[] = [
  { folder: "pipelines/terminal", may: ["src/lib"], ...anyPackage },
  { folder: "pipelines/warehouse", may: ["src/lib"], ...anyPackage },
  { folder: "pipelines/formats", may: ["src/lib", "pipelines/warehouse"], ...anyPackage },
  { folder: "pipelines/asking", may: ["src/lib", "pipelines/warehouse"], ...anyPackage },
  {
    folder: "pipelines/judging",
    may: ["src/lib", "pipelines/warehouse", "pipelines/asking"],
    ...anyPackage,
  },
  { folder: "pipelines/groups", may: ["src/lib", "pipelines/warehouse"], ...anyPackage },
  { folder: "pipelines/frames", may: ["src/lib", "pipelines/warehouse"], ...anyPackage },
  {
    folder: "pipelines/stages",
    may: [
      "src/lib",
      // What frames a page around its cells uses the page's own words.
      "src/components/words",
      "src/components/words.ts",
      ...["warehouse", "formats", "asking", "judging", "groups", "terminal"].map(
        (room) => `pipelines/${room}`,
      ),
    ],
    ...anyPackage,
  },
  { folder: "pipelines/tools", may: ["src/lib", "pipelines"], ...anyPackage },
  { folder: "pipelines/commands", may: ["src/lib", "pipelines"], ...anyPackage },
];

const siteFloors: readonly Floor[] = [
  { folder: "src/components", may: ["src/lib"], packages: ["*"] },
  { folder: "src/data", may: ["src/lib"], ...anyPackage },
];

const packageTypes = [
  "npm",
  "npm-dev",
  "npm-optional",
  "npm-peer",
  "npm-no-pkg",
  "npm-unknown",
  "unknown",
] as const;

const escaped = (text: string) => text.replaceAll(/[.+*?^${}()|[\]\\]/g, "\\$&");

/** Matches a file, or everything below a folder. */
const inside = (path: string) => (path.endsWith(".ts") ? `^${escaped(path)}$` : `^${escaped(path)}/`);

/** A package where it is installed, or its bare name where it could not be resolved. */
const packagePath = (name: string) => {
  const stem = escaped(name).replace("\\*", "[^/]+");
  return `(^|/)node_modules/(@types/)?${stem}/|^${stem}(/|$)`;
};

function floorRules({ folder, may, packages = [], node = false }: Floor): IForbiddenRuleType[] {
  const allowed = [inside(folder), ...may.map(inside)];
  return [
    {
      name: `${folder} imports nothing above it`,
      severity: "error",
      from: { path: inside(folder) },
      to: { path: "^(src|pipelines|tests|bench|notebooks|docs)/", pathNot: allowed },
    },
    ...(packages.includes("*")
      ? []
      : [
          {
            name: `${folder} uses ${packages.length === 0 ? "no package" : `no package but ${packages.join(", ")}`}`,
            severity: "error",
            from: { path: inside(folder) },
            to: { dependencyTypes: [...packageTypes], pathNot: packages.map(packagePath) },
          } satisfies IForbiddenRuleType,
        ]),
    ...(node
      ? []
      : [
          {
            name: `${folder} uses nothing of Node`,
            severity: "error",
            from: { path: inside(folder) },
            to: { dependencyTypes: ["core"] },
          } satisfies IForbiddenRuleType,
        ]),
  ];
}

export const floors: readonly Floor[] = [...libraryFloors, ...siteFloors, ...pipelineFloors];

/**
 * The rules of the house, for dependency-cruiser. Type-only imports count: a circle of types is as hard to read as one
 * of values.
 */
export const rules: readonly IForbiddenRuleType[] = [
  ...floors.flatMap(floorRules),
  {
    name: "only util/special.ts imports the distribution functions",
    severity: "error",
    from: { path: "^(src|pipelines)/", pathNot: "^src/lib/util/special\\.ts$" },
    to: { path: packagePath("@stdlib/*") },
  },
  {
    name: "src never imports pipelines, tests or benches",
    severity: "error",
    from: { path: "^src/" },
    to: { path: "^(pipelines|tests|bench|notebooks|docs)/" },
  },
  {
    name: "src never uses the warehouse's client",
    severity: "error",
    from: { path: "^src/" },
    to: { path: packagePath("@duckdb/node-api") },
  },
  {
    name: "a stage imports no other stage",
    severity: "error",
    from: { path: "^pipelines/stages/([^/]+)/" },
    to: { path: "^pipelines/stages/[^/]+/", pathNot: "^pipelines/stages/$1/" },
  },
  {
    name: "a stage does not know the order of the stages",
    severity: "error",
    from: { path: "^pipelines/stages/[^/]+/" },
    to: { path: "^pipelines/stages/run\\.ts$" },
  },
  {
    name: "only cli.ts, commands, tools and stages/stage.ts use the terminal",
    severity: "error",
    from: {
      path: "^pipelines/",
      pathNot: "^pipelines/(cli\\.ts$|commands/|tools/|terminal/|stages/stage\\.ts$)",
    },
    to: { path: "^pipelines/terminal/" },
  },
  {
    name: "tools and everything below them know no command",
    severity: "error",
    from: { path: "^pipelines/", pathNot: "^pipelines/(cli\\.ts$|commands/)" },
    to: { path: "^pipelines/(commands/|cli\\.ts$)" },
  },
  {
    name: "no import circle",
    severity: "error",
    from: {},
    to: { circular: true },
  },
];
