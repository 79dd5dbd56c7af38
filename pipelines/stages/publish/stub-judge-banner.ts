import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Language, wordsFor } from "../../../src/components/words.js";
import type { ReleasedRow } from "../../../src/lib/records/released-tables.js";

/** The warning on top of every page if scores use a stub as judge; null if none does, or nothing is released yet. */
export function stubJudgeBanner(
  language: Language,
  release: string = process.env["MEDBENCH_RELEASE"] ?? join("data", "release"),
): string | null {
  const pointer = join(release, "CURRENT");
  if (!existsSync(pointer)) return null;
  const file = join(release, readFileSync(pointer, "utf8").trim(), "tables", "judge_versions.json");
  if (!existsSync(file)) return null;
  const versions = JSON.parse(readFileSync(file, "utf8")) as ReleasedRow<
    "judge_versions",
    "judge" | "judge_kind" | "of_record"
  >[];
  const stubs = versions
    .filter((row) => row.of_record && row.judge_kind === "stub")
    .map(({ judge }) => judge);
  if (stubs.length === 0) return null;
  const text = wordsFor(language).site.stubJudge([...new Set(stubs)]);
  return `<p class="mb-stub-judge" role="note">${escaped(text)}</p>`;
}

const escaped = (text: string) =>
  text.replace(/[&<>"]/g, (sign) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;" })[sign] ?? "&quot;");
