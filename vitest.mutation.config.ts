import { defineConfig } from "vitest/config";

/** Mutation testing runs the laws of the statistics only: fast tests that touch no disk, no browser and no warehouse. */
export default defineConfig({
  test: {
    include: ["tests/{agreement,stats}/**/*.test.ts"],
    testTimeout: 30_000,
  },
});
