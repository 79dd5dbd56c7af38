import type { Limit, Measure } from "./scenario.js";
import type { Figure } from "./tally.js";

/** Standard errors that a figure may lie beyond its limit before the limit counts as broken. */
const tolerance = 2;

/** The bounds that a figure breaks by more than its Monte Carlo error, as text; none if it holds. */
export function brokenBounds(figure: Figure, kind: Measure["kind"], limit: Limit): string[] {
  const { value, runs, withheld, widthRatio, widthRatioError } = figure;
  const broken: string[] = [];
  // A share has the error that it would have at its limit: 300 of 300 has not been measured without error.
  const slack = (bound: number) =>
    tolerance * (kind === "mean" ? (figure.error ?? 0) : Math.sqrt((bound * (1 - bound)) / runs));
  const mayWithhold = limit.withheldAtMost ?? 0;
  if (withheld > mayWithhold + slackOfShare(mayWithhold, runs, withheld)) broken.push("withheld");
  if (value === null) return broken;
  if (limit.least !== undefined && value < limit.least - slack(limit.least)) broken.push("too low");
  if (limit.most !== undefined && value > limit.most + slack(limit.most)) broken.push("too high");
  if (
    limit.widthAtMost !== undefined &&
    widthRatio !== null &&
    widthRatio > limit.widthAtMost + tolerance * (widthRatioError ?? 0)
  ) {
    broken.push("too wide");
  }
  return broken;
}

function slackOfShare(bound: number, runs: number, withheld: number): number {
  if (bound === 0 || bound >= 1) return 0;
  const replicates = withheld < 1 ? runs / (1 - withheld) : 1;
  return tolerance * Math.sqrt((bound * (1 - bound)) / Math.max(1, replicates));
}
