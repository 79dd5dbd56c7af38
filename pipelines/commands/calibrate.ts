import type { Command } from "commander";
import { share, wholeNumber } from "../terminal/arguments.js";
import { printOutcome, type StageFlags, stageCommand } from "./stage-command.js";

interface CalibrateFlags extends StageFlags {
  readonly target?: number;
  readonly floor?: number;
  readonly fdr?: number;
  readonly minimumItems?: number;
  readonly epsilon?: number;
  readonly falseAlarms?: number;
  readonly baseline?: string;
  readonly anchor?: string;
  readonly study?: string;
}

export function registerCalibrate(program: Command): void {
  stageCommand(program, "calibrate", {
    summary: "compare the judge with physicians who rated the same answers",
    description:
      "Compare the judge with people who rated the same answers: agreement, where it can be trusted, drift, corrected scores.",
  })
    .option("--target <kappa>", "kappa that the judge should reach (default: 0.80)", share())
    .option(
      "--floor <kappa>",
      "kappa below which the judge may not replace people in any slice (default: 0.60)",
      share(),
    )
    .option(
      "--fdr <share>",
      "false discovery rate over the slices (default: 0.05)",
      share({ zero: false, one: false }),
    )
    .option(
      "--minimum-items <n>",
      "rated items that a slice needs to count as validated on its own (default: 30)",
      wholeNumber(2),
    )
    .option("--epsilon <share>", "tolerance of the alt-test in favor of the judge (default: 0.2)", share())
    .option(
      "--false-alarms <share>",
      "probability of a false drift alarm on any chart of a benchmark (default: 0.05)",
      share({ zero: false, one: false }),
    )
    .option("--baseline <version>", 'judge version to measure drift from, as "judge | rubric | prompt hash"')
    .option(
      "--anchor <file>",
      "compare judge versions on these answers only: CSV or JSON Lines of run_id, benchmark, dataset, pool, item_id",
    )
    .option("--study <file>", "record of the rating study (YAML), for the reporting checklist")
    .addHelpText(
      "after",
      `
Example:
  $ medbench calibrate --target 0.82
  $ medbench sql "select slice, kappa, status, action from validity where slice_kind = 'specialty' and criterion = 'all'"`,
    )
    .action(async (flags: CalibrateFlags) => {
      const { runCalibrate } = await import("../stages/calibrate/calibrate.js");
      const { workspace, anchor, study, target, floor, fdr, minimumItems, epsilon, falseAlarms, baseline } =
        flags;
      const given = {
        target,
        floor,
        falseDiscoveryRate: fdr,
        minimumGroups: minimumItems,
        epsilon,
        falseAlarmRate: falseAlarms,
        baseline,
      };
      const parameters = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
      const outcome = await runCalibrate({
        workspace,
        force: flags.force ?? false,
        parameters,
        ...(anchor === undefined ? {} : { anchor }),
        ...(study === undefined ? {} : { study }),
      });
      const [{ kappaSummary }, { kappaText }] = await Promise.all([
        import("../stages/calibrate/kappa-summary.js"),
        import("./kappa-text.js"),
      ]);
      const kappas = await kappaSummary(workspace);
      await printOutcome(
        { ...outcome, ...(flags.json ? { kappas } : {}) },
        flags,
        kappaText(kappas, workspace),
      );
    });
}
