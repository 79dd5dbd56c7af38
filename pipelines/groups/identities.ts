import { createHash } from "node:crypto";
import { isJudged } from "../../src/lib/catalogue/rubric-choice.js";
import type { MetricVersion } from "../../src/lib/catalogue/schema.js";
import type { Identity } from "../../src/lib/publication/identity.js";
import type { Engine } from "../warehouse/engine.js";
import { hashJson, sortedJson } from "../warehouse/hash.js";
import type { RunRow } from "./run-row.js";

/** Parts of identities that rows do not contain: gold versions and judge prompts, by benchmark, pool and dataset. */
export interface IdentityFacts {
  readonly judge: string | null;
  readonly gold: ReadonlyMap<string, string>;
  readonly prompts: ReadonlyMap<string, string>;
}

const placeOf = (benchmark: string, pool: string, dataset: string) => `${benchmark}\0${pool}\0${dataset}`;

/** The judge whose verdicts entered the scores, from the record of the score stage; null if no verdict did. */
export function scoredJudge(
  scored: { readonly counts: Readonly<Record<string, unknown>> } | undefined,
): string | null {
  return (scored?.counts["judge"] as string | null | undefined) ?? null;
}

export async function identities(engine: Engine, judge: string | null): Promise<IdentityFacts> {
  const gold = await engine.rows<{ benchmark: string; pool: string; dataset: string; gold: string }>(
    `SELECT benchmark, pool, dataset,
            sha256(string_agg(concat_ws(chr(30), item_id, variant, gold, key_points), chr(31) ORDER BY item_id, variant)) AS gold
     FROM items_private GROUP BY benchmark, pool, dataset`,
  );
  const prompts = await engine.rows<{ benchmark: string; pool: string; dataset: string; prompts: string }>(
    `SELECT benchmark, pool, dataset, string_agg(DISTINCT coalesce(prompt_hash, rubric_version), ',' ORDER BY coalesce(prompt_hash, rubric_version)) AS prompts
     FROM judgments WHERE judge = $judge GROUP BY benchmark, pool, dataset`,
    { judge },
  );
  return {
    judge,
    gold: new Map(gold.map((row) => [placeOf(row.benchmark, row.pool, row.dataset), row.gold.slice(0, 16)])),
    prompts: new Map(
      prompts.map((row) => [placeOf(row.benchmark, row.pool, row.dataset), shortHash(row.prompts)]),
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
  const place = placeOf(run.benchmark, run.pool, dataset);
  const judged = (version?.components ?? []).some(isJudged);
  return {
    benchmark: run.benchmark,
    track: run.track,
    pool: run.pool,
    board: run.board,
    dataset,
    metricVersion: `${version?.from ?? "first"}:${version?.labels.join("+") || version?.components?.map(({ metric }) => metric).join("+") || "none"}`,
    judge: judged ? facts.judge : null,
    judgePrompt: judged ? (facts.prompts.get(place) ?? null) : null,
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
