import type { Rubric } from "../../src/lib/catalogue/rubric.js";
import { rubricVersion } from "../../src/lib/catalogue/rubric.js";
import type { Catalogue } from "../../src/lib/catalogue/schema.js";
import { verdictKindOf } from "../../src/lib/scorers/index.js";
import type { Engine } from "../warehouse/engine.js";
import { literal } from "../warehouse/sql.js";
import { runQueries } from "../warehouse/sql-files.js";
import { defineVerdictKind } from "../warehouse/verdict-kind.js";
import { builtInRubricIds, loadRubric } from "./rubrics.js";

type ScaleRubric = Extract<Rubric, { kind: "scale" }>;

/**
 * Fills `rubric_criteria` (benchmark, dataset, judge, rubric_version, name, criterion): the criteria that a complete verdict on a
 * scale rubric has, and the names by which verdicts may call each of them. They are, in this order,
 *
 * 1. those of the built-in rubric that the dataset's metric names in the catalogue (`options.rubric`);
 * 2. those of the built-in rubric that the verdicts name (`clinical-5/1`);
 * 3. where the workbench does not know the rubric, those that the judge was usually asked about (see usual-criteria.sql).
 *
 * @param catalogues of the benchmarks in the warehouse
 */
export async function defineRubricCriteria(engine: Engine, catalogues: readonly Catalogue[]): Promise<void> {
  await defineVerdictKind(engine);
  const rubrics = builtInRubricIds()
    .map(loadRubric)
    .filter((rubric): rubric is ScaleRubric => rubric.kind === "scale");
  const named = catalogues.flatMap((catalogue) => namedRubrics(catalogue, rubrics));
  const asked = await engine.table("judgments", [...place], { distinct: true, orderBy: [...place] });
  const known = asked.flatMap((row) => {
    const rubric =
      named.find(({ benchmark, dataset }) => benchmark === row.benchmark && dataset === row.dataset)
        ?.rubric ?? rubrics.find((one) => rubricVersion(one) === row.rubric_version);
    return rubric === undefined ? [] : [{ place: place.map((column) => row[column]), rubric }];
  });
  const columns = place.map((column) => `${column} VARCHAR`).join(", ");
  await fillTable(
    engine,
    `known_rubrics (${columns})`,
    known.map((row) => row.place),
  );
  await fillTable(
    engine,
    `rubric_criteria (${columns}, name VARCHAR, criterion VARCHAR)`,
    known.flatMap((row) =>
      row.rubric.criteria.flatMap(({ id, aliases }) =>
        [id, ...aliases].map((name) => [...row.place, name, id]),
      ),
    ),
  );
  await runQueries(engine, new URL("usual-criteria.sql", import.meta.url));
}

/** What a rubric's criteria depend on. */
const place = ["benchmark", "dataset", "judge", "rubric_version"] as const;

/** Built-in scale rubrics that a catalogue names. */
function namedRubrics(catalogue: Catalogue, rubrics: readonly ScaleRubric[]) {
  return catalogue.datasets.flatMap(({ id, scoring }) =>
    scoring
      .flatMap(({ components }) => components ?? [])
      .filter(({ scorer }) => verdictKindOf(scorer) === "scale")
      .flatMap(({ options }) => rubrics.find((rubric) => rubric.id === options?.["rubric"]) ?? [])
      .slice(0, 1)
      .map((rubric) => ({ benchmark: catalogue.id, dataset: id, rubric })),
  );
}

async function fillTable(
  engine: Engine,
  definition: string,
  rows: readonly (readonly string[])[],
): Promise<void> {
  const [name = ""] = definition.split(" ");
  await engine.run(`CREATE OR REPLACE TEMP TABLE ${definition}`);
  if (rows.length > 0)
    await engine.run(
      `INSERT INTO ${name} VALUES ${rows.map((row) => `(${row.map(literal).join(", ")})`).join(", ")}`,
    );
}
