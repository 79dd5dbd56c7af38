import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { RunRow } from "../../pipelines/groups/run-row.js";
import { groupScores, type Place } from "../../pipelines/groups/task-groups.js";
import { type Engine, openEngine } from "../../pipelines/warehouse/engine.js";
import { literal } from "../../pipelines/warehouse/sql.js";
import { fieldAccuracy } from "../../src/lib/metrics/field-accuracy.js";
import { microF1 } from "../../src/lib/metrics/label-sets.js";
import { variantGroups } from "../../src/lib/metrics/variant-groups.js";
import type { Pooling } from "../../src/lib/scorers/pooling.js";
import { mean } from "../../src/lib/util/sum.js";

const run: RunRow = {
  ...{ run_id: "r", system: "s", benchmark: "b", pool: "p", board: "api", track: "t" },
  ...{ temperature: null, max_tokens: null, context: null },
};

/** One scored response: its group inside the dataset, its score, and the counts of its parts. */
interface Scored {
  readonly group: number;
  readonly value: number;
  readonly tp: number;
  readonly fp: number;
  readonly fn: number;
}

let engine: Engine;
beforeAll(async () => {
  engine = await openEngine({ threads: 1 });
});
afterAll(() => engine.close());

/** Runs the SQL of the groups on one dataset of each kind, and returns the tasks' values. */
async function tasksBySql(
  datasets: Readonly<Record<Pooling, readonly Scored[]>>,
): Promise<Map<string, number>> {
  const kinds = Object.keys(datasets) as Pooling[];
  const rows = kinds.flatMap((kind, mix) => {
    const before = kinds.slice(0, mix).reduce((total, other) => total + groupsOf(datasets[other]), 0);
    return datasets[kind].map(({ group, value, tp, fp, fn }) => ({
      ...{ kind, mix, groupNo: before + group, score: Math.round(value * 1e9), tp, fp, fn },
    }));
  });
  await engine.run(`CREATE OR REPLACE TEMP TABLE scores AS
    SELECT 'r' AS run_id, '' AS node, 'base' AS condition, 0 AS component, 1 AS attempt, 1 AS n_attempts, FALSE AS by_policy, *
    FROM (VALUES ${rows
      .map(({ groupNo, score, tp, fp, fn }) => `(${groupNo}::INTEGER, ${score}::BIGINT, ${tp}, ${fp}, ${fn})`)
      .join(", ")}) AS v(group_no, score_1e9, tp, fp, fn)`);
  await engine.run(`CREATE OR REPLACE TEMP TABLE place_groups AS
    SELECT DISTINCT * FROM (VALUES ${rows.map(({ groupNo, mix }) => `(${groupNo}::INTEGER, ${mix}::INTEGER)`).join(", ")}) AS v(group_no, mix)`);
  await engine.run(`CREATE OR REPLACE TEMP TABLE mix_kinds AS
    SELECT mix, dataset, 1::BIGINT AS n_items, 0 AS component, dataset AS kind, '' AS stratum, 1.0::DOUBLE AS weight, TRUE AS alone
    FROM (VALUES ${kinds.map((kind, mix) => `(${mix}::INTEGER, ${literal(kind)})`).join(", ")}) AS v(mix, dataset)`);
  const place: Place = { isPooled: true, nGroups: rows.length, sizes: new Map() };
  await groupScores(engine, place, [run], { files: [] });
  const values = await engine.rows<{ dataset: Pooling; value: number }>(
    "SELECT dataset, sum(num)::DOUBLE / 1e9 / sum(den) AS value FROM task_units WHERE den > 0 GROUP BY dataset",
  );
  return new Map(values.map(({ dataset, value }) => [dataset, value]));
}

const groupsOf = (rows: readonly Scored[]) => new Set(rows.map(({ group }) => group)).size;

describe("the SQL of the groups pools a task as the library does", () => {
  const size = 3;
  const none = { tp: 0, fp: 0, fn: 0 };
  const count = fc.nat(4);
  const choices = fc.array(fc.array(fc.boolean(), { minLength: size, maxLength: size }), {
    minLength: 1,
    maxLength: 12,
  });
  const parts = (fp: fc.Arbitrary<number>) =>
    fc.array(fc.record({ tp: count, fp, fn: count }), { minLength: 1, maxLength: 12 });
  const shares = fc.array(fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 1, maxLength: 3 }), {
    minLength: 1,
    maxLength: 12,
  });

  it("for groups whose variants must all be right, fields, label sets and means", async () => {
    await fc.assert(
      fc.asyncProperty(
        choices,
        parts(fc.constant(0)),
        parts(count),
        shares,
        async (groups, fields, labels, means) => {
          const scored = (items: typeof fields, value: (item: (typeof fields)[number]) => number) =>
            items.map((item, group) => ({ ...item, group, value: value(item) }));
          const got = await tasksBySql({
            all_right: groups.flatMap((variants, group) =>
              variants.map((isRight) => ({ ...none, group, value: Number(isRight) })),
            ),
            parts_right: scored(fields, ({ tp, fn }) => (tp + fn === 0 ? 0 : tp / (tp + fn))),
            micro_f1: scored(labels, ({ tp, fp, fn }) =>
              tp + fp + fn === 0 ? 1 : (2 * tp) / (2 * tp + fp + fn),
            ),
            mean: means.flatMap((values, group) =>
              values.map((value) => ({ ...none, group, value: value / 1000 })),
            ),
          });
          const byVariants = variantGroups(
            groups.flatMap((variants, group) =>
              variants.map((isRight, variant) => ({
                ...{ group: String(group), variant: String(variant), gold: "A", answer: isRight ? "A" : "B" },
              })),
            ),
            size,
          );
          expect(got.get("all_right")).toBeCloseTo(byVariants.allRight.estimate as number, 12);
          const accuracy = fieldAccuracy(
            fields.map(({ tp, fn }) => ({ correct: tp, total: tp + fn })),
          ).estimate;
          if (accuracy === null) expect(got.has("parts_right")).toBe(false);
          else expect(got.get("parts_right")).toBeCloseTo(accuracy, 12);
          const { f1, byConvention } = microF1(labels);
          // A pool without any label has no ratio in SQL; the library's 1 is a convention.
          if (byConvention) expect(got.has("micro_f1")).toBe(false);
          else expect(got.get("micro_f1")).toBeCloseTo(f1, 12);
          expect(got.get("mean")).toBeCloseTo(mean(means.flat()) / 1000, 9);
        },
      ),
      { numRuns: 25 },
    );
  });
});
