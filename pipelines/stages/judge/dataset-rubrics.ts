import { metricVersionOf } from "../../../src/lib/catalogue/metric-version.js";
import type { Rubric } from "../../../src/lib/catalogue/rubric.js";
import { type RubricChoice, rubricsOf } from "../../../src/lib/catalogue/rubric-choice.js";
import { InputError } from "../../../src/lib/errors.js";
import { verdictScorers } from "../../../src/lib/scorers/index.js";
import { verdictKinds } from "../../../src/lib/scorers/verdict-kind.js";
import type { PlanOptions } from "../../judging/plan.js";
import { loadRubric } from "../../judging/rubrics.js";
import { cataloguesOf } from "../../warehouse/catalogue.js";
import { withEngine } from "../../warehouse/engine.js";
import type { Version } from "../../warehouse/versioned-folder.js";
import { attachTables } from "../../warehouse/views.js";

/**
 * Which rubrics judge the answers of a dataset's file: those of the catalogues that the warehouse was ingested with, unless
 * others were chosen for all judged datasets. A benchmark without a catalogue has none.
 *
 * @throws InputError where a rubric is unknown; when called, where a dataset names one whose verdicts its scorer cannot count
 */
export async function rubricsFor(
  version: Version | null,
  chosen: readonly string[] | undefined,
): Promise<PlanOptions["rubricsFor"]> {
  const instead = chosen?.map(loadRubric);
  const { catalogues } = await cataloguesOf(version, await benchmarksOf(version));
  const loaded = new Map<string, Rubric>();
  const load = ({ id, kind }: RubricChoice, dataset: string) => {
    const rubric = loaded.get(id) ?? loadRubric(id);
    loaded.set(id, rubric);
    if (rubric.kind === kind) return rubric;
    throw new InputError(
      `judge: dataset ${dataset}: rubric ${id} is of kind ${rubric.kind}, expected ${kind}`,
      {
        hint: `Each scorer counts verdicts of one kind of rubric: ${rubricKinds}.`,
      },
    );
  };
  return (benchmark, dataset, part) => {
    const scoring = catalogues.get(benchmark)?.datasets.find(({ id }) => id === dataset)?.scoring ?? [];
    const choices = rubricsOf(metricVersionOf(scoring)?.components ?? [], part);
    return choices.length === 0 ? [] : (instead ?? choices.map((choice) => load(choice, dataset)));
  };
}

const rubricKinds = verdictScorers
  .map(({ name, verdicts }) => `${name} counts ${verdictKinds[verdicts.kind].rubricKind}`)
  .join(", ");

async function benchmarksOf(version: Version | null): Promise<string[]> {
  return withEngine(async (engine) => {
    await attachTables(engine, version, ["runs"]);
    const rows = await engine.table("runs", ["benchmark"], { distinct: true, orderBy: ["benchmark"] });
    return rows.map(({ benchmark }) => benchmark);
  });
}
