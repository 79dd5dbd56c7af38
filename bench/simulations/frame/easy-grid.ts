import type { Result } from "./run-scenario.js";
import { averageFigure } from "./run-scenario.js";
import type { Scenario } from "./scenario.js";
import type { Figure } from "./tally.js";
import { brokenBounds } from "./verdict.js";

/** On easy ground the average interval may be at most this much wider than by the rules before this check. */
const growth = 1.03;

/** Average width on easy ground, over every measure that has a baseline; null if none of the scenarios has one. */
export function easyGridWidth(
  runs: readonly { readonly scenario: Scenario; readonly results: readonly Result[] }[],
): { readonly figure: Figure; readonly holds: boolean; readonly settings: number } | null {
  const figures = runs
    .filter(({ scenario }) => scenario.ground === "easy")
    .flatMap(({ results }) => results.filter(({ setting, widthRatio }) => setting && widthRatio !== null));
  if (figures.length === 0) return null;
  const figure = averageFigure(figures);
  const holds = brokenBounds({ ...figure, withheld: 0 }, "coverage", { widthAtMost: growth }).length === 0;
  return { figure, holds, settings: figures.length };
}
