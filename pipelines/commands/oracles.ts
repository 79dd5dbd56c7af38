import type { Command } from "commander";
import { commandLine } from "../terminal/command-line.js";
import type { CaseFailure, GroupReport, OracleReport } from "../tools/oracles/run.js";
import { ownNext } from "./next.js";

/** Adds `medbench oracles PATH`: the library against reference values from other statistics packages. */
export function registerOracles(program: Command): void {
  program
    .command("oracles")
    .summary("check the statistics against reference values")
    .description(
      "Check the statistics and metrics of this program against reference values, for example from R and scikit-learn (JSON of schema medbench-oracle/1).",
    )
    .argument("<path>", "an oracle file, or a folder of them")
    .option("--json", "print the full report as JSON")
    .addHelpText("after", "\nExample:\n  $ medbench oracles tests/oracles/cases")
    .action(async (path: string, options: { readonly json?: boolean }) => {
      const { runOracles } = await import("../tools/oracles/run.js");
      const report = await runOracles(path);
      const text = options.json === true ? JSON.stringify(report, null, 2) : describeReport(report);
      process.stdout.write(`${text}\n${options.json ? "" : next(path, report)}`);
      if (report.failed > 0) process.exitCode = 1;
    });
}

function next(path: string, { failed }: OracleReport): string {
  return ownNext(
    failed > 0
      ? {
          why: "This prints every failed case with its input and all values.",
          command: commandLine(["oracles", path, "--json"]),
        }
      : {
          why: "The statistics are right on these cases; this checks the tables that were computed with them.",
          command: commandLine(["verify"]),
        },
  );
}

/** One line per case group, then failures, what the library does not offer, known gaps, and the total. */
export function describeReport(report: OracleReport): string {
  const width = Math.max(...report.groups.map((group) => group.group.length));
  const lines = report.groups.map((group) => groupLine(group, width));
  for (const group of report.groups) lines.push(...group.failures.flatMap(failureLines));
  for (const group of report.groups) {
    for (const [fn, keys] of Object.entries(group.notOffered)) {
      lines.push(`not offered: ${fn}${keys.length === 0 ? "" : `: ${keys.join(", ")}`}`);
    }
  }
  for (const group of report.groups) {
    for (const { id, key, reason } of group.gaps) lines.push(`known gap: ${id} ${key}: ${reason}`);
  }
  for (const file of report.ignored) lines.push(`ignored: ${file} does not declare schema medbench-oracle/1`);
  const rest = [
    report.failed > 0 ? `${report.failed} failed` : "",
    report.skipped > 0 ? `${report.skipped} not offered` : "",
    report.withKnownGaps > 0 ? `${report.withKnownGaps} with a known gap` : "",
  ].filter((part) => part !== "");
  lines.push(
    `${report.passed} of ${report.cases} cases pass${rest.length > 0 ? ` (${rest.join(", ")})` : ""}`,
  );
  return lines.join("\n");
}

function groupLine(
  { group, title, cases, passed, failures, skipped, gaps }: GroupReport,
  width: number,
): string {
  const notes = [
    failures.length > 0 ? `${failures.length} failed` : "",
    skipped.length > 0 ? `${skipped.length} not offered` : "",
    gaps.length > 0 ? "known gap" : "",
  ].filter((note) => note !== "");
  const count = `${passed}/${cases}`;
  return `${group.padEnd(width)}  ${count.padStart(7)}  ${title}${notes.length > 0 ? `  [${notes.join(", ")}]` : ""}`;
}

function failureLines({ id, fn, mismatches, error }: CaseFailure): string[] {
  if (error !== null) return [`FAILED ${id} (${fn}): threw: ${error}`];
  return mismatches.map(({ key, got, expected, notThese }) => {
    const mistake = notThese === null ? "" : `, the known mistake "${notThese}"`;
    return `FAILED ${id} (${fn}) ${key}: got ${show(got)}, expected ${show(expected)}${mistake}`;
  });
}

/** JSON has no NaN, and a NaN is what a reader must see. */
function show(value: unknown): string {
  const text = typeof value === "number" ? String(value) : JSON.stringify(value);
  return text.length <= 120 ? text : `${text.slice(0, 119)}…`;
}
