import { blankOutcomes } from "./catalogue-text.js";
import type { Plan } from "./planned.js";
import { scalar } from "./scalar.js";
import type { Sheet } from "./sheets.js";

const meanings: Readonly<Record<string, string>> = {
  items: "The questions.",
  responses: "What the systems answered, or the scores that their answers got.",
  judgments: "Grades by a judge model.",
  ratings: "Grades by people.",
};

/** The mapping as a YAML file for people. */
export function mappingText(
  plan: Plan,
  sheets: readonly Sheet[],
  {
    benchmark,
    pool,
    isFolder,
  }: { readonly benchmark: string; readonly pool: string; readonly isFolder: boolean },
): string {
  const { tables } = plan;
  const used = sheets.filter(({ name }) =>
    Object.values(tables).some(({ from }) => new RegExp(`(?<![\\w."])${name}(?![\\w"])`).test(from)),
  );
  const lines = [
    "# How the tables of the warehouse are made from these files: one SQL expression (DuckDB) for each column.",
    "# Written by medbench init; change what is not right. Format: docs/mapping.md, columns: docs/reference/mapping-columns.md",
    "schema: medbench-mapping/1",
    `benchmark: ${scalar(benchmark)}`,
    "# Scores of different pools are never compared: give each rotation of the questions its own.",
    `pool: ${scalar(pool)}`,
    "# api: answers that you collected; upload: answers that a submitter sent.",
    "board: api",
    ...(tables.responses === undefined
      ? []
      : [
          `# Blank cells and rows that are not there ${plan.blanks === "wrong" ? "count as wrong (0)" : "are left out of the means"}, in files of any shape; catalogue.yaml decides it`,
          `# (outcomePolicy: ${blankOutcomes(plan).join(", ")}), and \`medbench init --blanks ${plan.blanks === "wrong" ? "left-out" : "wrong"}\` writes the other rule.`,
        ]),
    "input:",
    ...used.map(
      (sheet) =>
        `  - {name: ${sheet.name}${
          isFolder
            ? `, files: [${patternsOf(sheet, sheets)
                .map((pattern) => JSON.stringify(pattern))
                .join(", ")}]`
            : ""
        }}`,
    ),
    "tables:",
  ];
  for (const [name, table] of Object.entries(tables)) {
    lines.push(`  # ${meanings[name]}`, `  ${name}:`);
    lines.push(
      ...(table.from.includes("\n")
        ? ["    from: |-", ...table.from.split("\n").map((line) => `      ${line}`)]
        : [`    from: ${scalar(table.from)}`]),
    );
    lines.push("    columns:");
    for (const [column, sql] of Object.entries(table.columns)) lines.push(`      ${column}: ${scalar(sql)}`);
  }
  return `${lines.join("\n")}\n`;
}

/** One pattern where it matches exactly the files of a sheet, else their names. */
function patternsOf({ files }: Sheet, sheets: readonly Sheet[]): string[] {
  const names = files.map(({ file }) => file);
  if (names.length < 3) return names;
  const others = sheets
    .flatMap((sheet) => sheet.files.map(({ file }) => file))
    .filter((file) => !names.includes(file));
  const parts = names.map((file) => file.split("/"));
  const depth = parts[0]?.length ?? 0;
  if (parts.some((one) => one.length !== depth)) return names;
  const pattern = Array.from({ length: depth }, (_, at) => {
    const values = new Set(parts.map((one) => one[at] as string));
    if (values.size === 1) return parts[0]?.[at] as string;
    if (at < depth - 1) return "*";
    const endings = new Set([...values].map((value) => /(\.\w+(?:\.gz)?)$/.exec(value)?.[1] ?? ""));
    return endings.size === 1 ? `*${[...endings][0]}` : "*";
  }).join("/");
  const regex = new RegExp(`^${pattern.replace(/[.+^${}()|[\]\\?]/g, "\\$&").replaceAll("*", "[^/]*")}$`);
  return others.some((file) => regex.test(file)) ? names : [pattern];
}
