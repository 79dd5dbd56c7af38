import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["tests/**/*.test.ts"],
    globalSetup: "tests/global-setup.ts",
    // Two cores are the smallest machine we promise to work on; DuckDB and Chromium bring threads of their own.
    maxWorkers: 2,
    // For what hangs, not for what is slow: a busy machine builds the site in minutes.
    testTimeout: 600_000,
    hookTimeout: 600_000,
  },
});
