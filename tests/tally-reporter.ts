import { writeFileSync } from "node:fs";
import { relative } from "node:path";
import type { Reporter, SerializedError, TestModule } from "vitest/node";

/** What `npm test` needs to know of a test run. */
export interface Tally {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: readonly { readonly test: string; readonly reason: string }[];
}

/** Counts tests into the file that MEDBENCH_TALLY names. A file that could not be loaded is one failure. Vitest wants the default export. */
export default class TallyReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly SerializedError[]): void {
    const file = process.env["MEDBENCH_TALLY"];
    if (file !== undefined) writeFileSync(file, JSON.stringify(tally(modules, unhandled.length)));
  }
}

function tally(modules: readonly TestModule[], unhandled: number): Tally {
  let passed = 0;
  let failed = unhandled;
  const skipped: { test: string; reason: string }[] = [];
  for (const module of modules) {
    failed += module.errors().length;
    for (const suite of module.children.allSuites()) failed += suite.errors().length;
    for (const test of module.children.allTests()) {
      const result = test.result();
      if (result.state === "passed") passed++;
      else if (result.state === "failed") failed++;
      else
        skipped.push({
          test: `${relative(process.cwd(), module.moduleId)} > ${test.fullName}`,
          reason: (result.state === "skipped" ? result.note : undefined) ?? "",
        });
    }
  }
  return { passed, failed, skipped };
}
