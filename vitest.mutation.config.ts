import { defineConfig } from "vitest/config";

/** Mutation testing runs what holds the statistics: their laws, the oracle cases and the examples of their docstrings. */
export default defineConfig({
  test: {
    include: [
      "tests/{agreement,stats}/**/*.test.ts",
      "tests/oracles/shared-oracles.test.ts",
      "tests/docs/examples.test.ts",
    ],
    // Simulations of coverage take seconds and see only gross mistakes.
    exclude: ["tests/stats/coverage.test.ts"],
    testTimeout: 30_000,
  },
});
