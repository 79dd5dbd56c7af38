import type { KappaLine, Trust } from "../stages/calibrate/kappa-summary.js";
import { commandLine } from "../terminal/command-line.js";
import { formatTable } from "../terminal/table.js";

/** Parts of the rated answers that are listed one by one, if they are no more than this. */
const listed = 15;

/** The agreement between judge and physicians as tables, with what each kappa allows. */
export function kappaText(lines: readonly KappaLine[], workspace: string): string {
  if (lines.length === 0) return "";
  const parts = (kind: KappaLine["slice_kind"]) => lines.filter(({ slice_kind }) => slice_kind === kind);
  const differs = versionColumns.filter((column) => new Set(lines.map((line) => line[column])).size > 1);
  const versionOf = (line: KappaLine) =>
    Object.fromEntries(differs.map((column) => [column.replaceAll("_", " "), line[column]]));
  const tables = [
    "\nAgreement of the judge with one physician (Cohen's kappa, 1 is perfect), by criterion; for comparison, the",
    "agreement of two physicians on the same answers:",
    formatTable(parts("overall").map((line) => ({ ...versionOf(line), ...criterionRow(line) }))),
    ...partTables("dataset", parts("dataset"), versionOf),
    ...partTables("specialty", parts("specialty"), versionOf),
    ...(Math.max(parts("dataset").length, parts("specialty").length) > listed
      ? [`\nAll kappas, with the other criteria:\n  ${commandLine(["sql", "from validity"], { workspace })}`]
      : []),
  ];
  return `${tables.join("\n")}\n`;
}

const versionColumns = ["benchmark", "judge", "rubric_version", "prompt_hash"] as const;

function criterionRow(line: KappaLine) {
  return {
    criterion: wordsOf(line.criterion),
    items: line.items,
    ...kappaCells(line),
    "two physicians": twoDigits(line.ceiling),
    "is the judge good enough?": verdict(line),
  };
}

function partTables(
  kind: "dataset" | "specialty",
  lines: readonly KappaLine[],
  versionOf: (line: KappaLine) => Record<string, string>,
): string[] {
  if (lines.length === 0) return [];
  const bad = lines.filter(({ trust }) => trust === "not good enough");
  const isLong = lines.length > listed;
  const shown = isLong ? bad : lines;
  const title = kind === "dataset" ? "By dataset" : "By specialty";
  const head = `\n${title}: ${tally(lines)}.${isLong && bad.length > 0 ? " Not good enough:" : ""}`;
  if (shown.length === 0) return [head];
  const hasCriteria = new Set(lines.map(({ criterion }) => criterion)).size > 1;
  const rows = shown.map((line) => ({
    ...versionOf(line),
    [kind]: line.name,
    ...(hasCriteria ? { criterion: wordsOf(line.criterion) } : {}),
    items: line.items,
    ...kappaCells(line),
    "is the judge good enough?": verdict(line),
  }));
  return [head, formatTable(rows)];
}

const kappaCells = ({ kappa, kappa_lower, kappa_upper }: KappaLine) => ({
  kappa: twoDigits(kappa),
  "95 % interval": kappa_lower === null ? "–" : `${twoDigits(kappa_lower)} to ${twoDigits(kappa_upper)}`,
});

const verdict = ({ trust, why }: KappaLine) => `${answers[trust]}: ${why}`;

const answers: Readonly<Record<Trust, string>> = {
  "good enough": "yes",
  "good enough, with caution": "yes, but its interval reaches below the target",
  undecided: "undecided",
  "not good enough": "no",
};

function tally(lines: readonly KappaLine[]): string {
  const counts = (Object.keys(answers) as Trust[]).map((trust) => {
    const n = lines.filter((line) => line.trust === trust).length;
    return n === 0 ? "" : `${n} ${trust}`;
  });
  return counts.filter((text) => text !== "").join(", ");
}

const wordsOf = (criterion: string) =>
  criterion === "all" ? "all criteria" : criterion.replaceAll("_", " ");

/** Two digits, and no minus sign before zero. */
const twoDigits = (value: number | null) =>
  value === null ? "–" : value.toFixed(2).replace(/^-(0\.00)$/, "$1");
