import { createHash } from "node:crypto";
import { isJudged } from "../../src/lib/catalogue/rubric-choice.js";
import type { MetricVersion } from "../../src/lib/catalogue/schema.js";
import type { Identity } from "../../src/lib/publication/identity.js";
import type { JudgeChoice } from "../../src/lib/publication/judge-of-record.js";
import type { Engine } from "../warehouse/engine.js";
import { hashJson, sortedJson } from "../warehouse/hash.js";
import type { RunRow } from "./run-row.js";

/** Parts of identities that rows do not contain. */
export interface IdentityFacts {
  /** Judge of record of a benchmark's pool. */
  readonly judges: ReadonlyMap<string, string>;
  /** Gold version of a dataset in a pool. */
  readonly gold: ReadonlyMap<string, string>;
  /** Hash of the judge's prompts for a dataset of a run; under the dataset in its pool, that of the runs without verdicts. */
  readonly prompts: ReadonlyMap<string, string>;
}

const keyOf = (...parts: readonly string[]) => parts.join("\0");

/** @param choices the judges that the scores use, as the score stage recorded them; the engine needs the table `scored_verdicts` */
export async function identities(engine: Engine, choices: readonly JudgeChoice[]): Promise<IdentityFacts> {
  const gold = await engine.rows<{ benchmark: string; pool: string; dataset: string; gold: string }>(
    `SELECT benchmark, pool, dataset,
            sha256(string_agg(concat_ws(chr(30), item_id, variant, gold, key_points), chr(31) ORDER BY item_id, variant)) AS gold
     FROM items_private GROUP BY benchmark, pool, dataset`,
  );
  const prompts = await engine.rows<{
    run_id: string | null;
    benchmark: string;
    pool: string;
    dataset: string;
    prompts: string;
  }>(
    `SELECT run_id, benchmark, pool, dataset, string_agg(DISTINCT prompt, ',' ORDER BY prompt) AS prompts
     FROM (SELECT *, coalesce(nullif(prompt_hash, ''), rubric_version) AS prompt FROM scored_verdicts)
     GROUP BY GROUPING SETS ((run_id, benchmark, pool, dataset), (benchmark, pool, dataset))`,
  );
  return {
    judges: new Map(choices.map(({ benchmark, pool, judge }) => [keyOf(benchmark, pool), judge])),
    gold: new Map(gold.map((row) => [keyOf(row.benchmark, row.pool, row.dataset), row.gold.slice(0, 16)])),
    prompts: new Map(
      prompts.map((row) => [
        row.run_id === null ? keyOf(row.benchmark, row.pool, row.dataset) : keyOf(row.run_id, row.dataset),
        shortHash(row.prompts),
      ]),
    ),
  };
}

/** Identity of a dataset's score in a run. */
export function identityOf(
  run: RunRow,
  dataset: string,
  version: MetricVersion | undefined,
  facts: IdentityFacts,
): Identity {
  const place = keyOf(run.benchmark, run.pool, dataset);
  const judged = (version?.components ?? []).some(isJudged);
  return {
    benchmark: run.benchmark,
    track: run.track,
    pool: run.pool,
    board: run.board,
    dataset,
    metricVersion: `${version?.from ?? "first"}:${version?.labels.join("+") || version?.components?.map(({ metric }) => metric).join("+") || "none"}`,
    judge: judged ? (facts.judges.get(keyOf(run.benchmark, run.pool)) ?? null) : null,
    judgePrompt: judged
      ? (facts.prompts.get(keyOf(run.run_id, dataset)) ?? facts.prompts.get(place) ?? null)
      : null,
    goldVersion: facts.gold.get(place) ?? "none",
    settings: sortedJson({ temperature: run.temperature, max_tokens: run.max_tokens, context: run.context }),
  };
}

/** Short hash of an identity, or of the identities of a composite's parts. */
export function identityHash(identity: Identity | readonly string[]): string {
  return hashJson(identity).slice(0, 16);
}

function shortHash(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 16);
}
