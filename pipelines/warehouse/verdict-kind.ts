import { verdictKinds } from "../../src/lib/scorers/verdict-kind.js";
import type { Engine } from "./engine.js";
import { literal } from "./sql.js";

/** Defines `verdict_kind(criterion)` in SQL: which kind of verdict the name of a criterion is about. */
export async function defineVerdictKind(engine: Engine): Promise<void> {
  const cases = Object.entries(verdictKinds).flatMap(([kind, { prefix }]) =>
    prefix === null ? [] : [`WHEN starts_with(criterion, ${literal(prefix)}) THEN ${literal(kind)}`],
  );
  await engine.run(
    `CREATE OR REPLACE TEMP MACRO verdict_kind(criterion) AS CASE ${cases.join(" ")} ELSE 'scale' END`,
  );
}
