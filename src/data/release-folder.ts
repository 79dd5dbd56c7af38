import { readFileSync } from "node:fs";
import { join } from "node:path";

/**
 * Text of a file of the release in force: `CURRENT` names its version, as everywhere in the workbench. Loaders read
 * nothing else, so what was not released cannot reach a page.
 */
export function readRelease(file: string): string {
  const root = process.env["MEDBENCH_RELEASE"] ?? join("data", "release");
  const version = readFileSync(join(root, "CURRENT"), "utf8").trim();
  return readFileSync(join(root, version, ...file.split("/")), "utf8");
}
