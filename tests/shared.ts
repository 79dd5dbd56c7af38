import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, test } from "vitest";

/** Folder of reference material (oracles, real data) that lies beside a checkout and is not part of it. */
const root = resolve(import.meta.dirname, "..", "..", "shared");

/** Path inside the reference material, or null where it is absent. */
export function sharedPath(...parts: readonly string[]): string | null {
  const path = join(root, ...parts);
  return existsSync(path) ? path : null;
}

/**
 * `describe` for tests that need reference material: skipped as one test, with the reason, where it is
 * absent. `MEDBENCH_REQUIRE_SHARED=1` (set by CI) turns the absence into a failure.
 */
export function describeShared(title: string, parts: readonly string[], body: (path: string) => void): void {
  const path = sharedPath(...parts);
  if (path !== null) {
    describe(title, () => body(path));
    return;
  }
  if (process.env["MEDBENCH_REQUIRE_SHARED"] === "1") {
    throw new Error(
      `${title}: ../shared/${parts.join("/")} is missing; unset MEDBENCH_REQUIRE_SHARED to skip`,
    );
  }
  // The body of a skipped `describe` would run, and could not read what is missing.
  test(title, ({ skip }) => skip(`needs ../shared/${parts.join("/")}, not found`));
}
