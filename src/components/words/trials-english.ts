import { englishPlural as plural } from "../../lib/messages/plural.js";

/** Words of the page about where intervals have been tried. */
export const trialsEnglish = {
  glance: "Every trial at a glance: the least favorable setting of each",
  tried: "What was tried",
  setting: "Setting",
  method: "Method",
  worst: "Worst result",
  wanted: "Wanted",
  held: "Met in",
  heldIn: (held: number, of: number) => `${held} of ${of}`,
  width: "Mean width",
  widthRatio: "Width, earlier rule = 1",
  withheld: "No interval",
  runs: "Runs",
  error: "Monte Carlo error",
  average: "average of the settings",
  coverageAxis: "Intervals that contain the truth, %",
  rateAxis: "How often it happens, %",
  meanAxis: "Mean",
  widthAxis: "Width, earlier rule = 1",
  atLeast: (value: string) => `at least ${value}`,
  atMost: (value: string) => `at most ${value}`,
  between: (least: string, most: string) => `${least} to ${most}`,
  caption: (title: string, runs: number) =>
    `${title}. Each dot: ${plural(runs, "simulated data set", "simulated data sets")}. Shaded: what is wanted.`,
  widthCaption: (title: string) => `${title}: mean width of the intervals, compared with the earlier rule.`,
  nothingOpen: "Every limit was met in every setting that was tried.",
  openItem: (title: string, method: string, broken: number, of: number, worst: string, where: string) =>
    `${title} (${method}): limit not met in ${broken} of ${plural(of, "setting", "settings")}; worst result ${worst}, with ${where}.`,
  because: (reason: string) => ` Reason: ${reason}.`,
  withheldItem: (title: string, where: string, share: string) =>
    `${title}: no interval in ${share} of the runs with ${where}, because the data are too few.`,
  made: (versions: string, seeds: string) =>
    `Simulated with version ${versions} of the software and seed ${seeds}.`,
  repeat: "To repeat a trial, or try another seed:",
  list: "To list the names:",
};
