import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";
import packageJson from "./package.json" with { type: "json" };

/** The quick and direct tests first: most mutants die there, and the reference cases need not be loaded. */
class LawsFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const loads = [
      ...["/tests/lib/stats/", "/tests/lib/agreement/", "/tests/lib/calibration/"],
      ...["/tests/lib/docstring", "/tests/oracles/"],
    ];
    const load = ({ moduleId }: TestSpecification) => loads.findIndex((folder) => moduleId.includes(folder));
    return [...files].sort((a, b) => load(a) - load(b));
  }
}

const distributions = Object.keys(packageJson.dependencies).filter((name) => name.startsWith("@stdlib/"));

/** Mutation testing runs what holds the statistics: their laws, the oracle cases and the examples of their docstrings. */
export default defineConfig({
  test: {
    include: [
      "tests/lib/{agreement,stats,calibration,publication}/**/*.test.ts",
      "tests/oracles/oracle-cases.test.ts",
      "tests/lib/docstring-examples.test.ts",
    ],
    // Simulations of coverage take seconds and see only gross mistakes.
    exclude: ["tests/lib/stats/coverage.test.ts"],
    sequence: { sequencer: LawsFirst },
    // The library keeps no state, so test files may share its modules: half the time of a mutant went into loading them.
    isolate: false,
    // One bundle instead of several hundred small files, read anew for every mutant: a third of its cost.
    deps: { optimizer: { ssr: { enabled: true, include: distributions } } },
    testTimeout: 30_000,
  },
});
