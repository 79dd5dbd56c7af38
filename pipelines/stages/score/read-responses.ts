import { listValue } from "@duckdb/node-api";
import { InputError } from "../../../src/lib/errors.js";
import type { ComponentScore } from "../../../src/lib/scorers/component-score.js";
import { type ScorerName, scorerOf } from "../../../src/lib/scorers/index.js";
import { readsAnswers } from "../../../src/lib/scorers/scorer.js";
import type { Engine } from "../../warehouse/engine.js";
import { readQuery } from "../../warehouse/sql-files.js";

interface Job {
  readonly component: number;
  readonly dataset: string;
  readonly metric: string;
  readonly scorer: ScorerName;
  /** The catalogue's parameters, completed with the scorer's defaults. */
  readonly options: unknown;
  /** Gold labels of the dataset, where the scorer uses them. */
  readonly labels: readonly string[] | null;
}

/**
 * Streams the responses that need a scorer in TypeScript and appends one row per component to `component_scores`.
 * Rows arrive in chunks, and only these responses become JavaScript strings, because conversion costs more than scoring.
 */
export async function scoreByReading(
  engine: Engine,
  place: { benchmark: string; pool: string },
): Promise<void> {
  const jobs = await loadJobs(engine, place);
  const appender = await engine.connection.createAppender("component_scores");
  for await (const rows of engine.pieces(readQuery(new URL("to-read.sql", import.meta.url)), place)) {
    for (const [
      runNo,
      dataset,
      item,
      variant,
      condition,
      repeat,
      component,
      raw,
      gold,
      options,
      question,
    ] of rows as [
      number,
      string,
      string,
      number,
      string,
      number,
      number,
      string | null,
      string | null,
      string | null,
      string | null,
    ][]) {
      const job = jobs.get(`${dataset}\0${component}`) as Job;
      const score = gold === null ? awaitingGold : scoreOne(job, { raw, gold, options, question });
      appender.appendInteger(runNo);
      appender.appendVarchar(dataset);
      appender.appendVarchar(item);
      appender.appendInteger(variant);
      appender.appendVarchar(condition);
      appender.appendInteger(repeat);
      appender.appendInteger(component);
      appender.appendVarchar(job.metric);
      appender.appendVarchar(score.status);
      appender.appendDouble(score.value);
      for (const part of [score.tp, score.fp, score.fn]) {
        if (part === null) appender.appendNull();
        else appender.appendInteger(part);
      }
      for (const text of [score.answer, score.readBy, score.detail]) {
        if (text === null) appender.appendNull();
        else appender.appendVarchar(text);
      }
      appender.endRow();
    }
  }
  appender.closeSync();
}

const awaitingGold = {
  status: "awaiting_gold",
  value: 0,
  tp: null,
  fp: null,
  fn: null,
  answer: null,
  readBy: "awaiting gold",
  detail: "no gold answer" as string,
} as const;

function scoreOne(
  job: Job,
  {
    raw,
    gold,
    options,
    question,
  }: { raw: string | null; gold: string; options: string | null; question: string | null },
): ComponentScore | typeof awaitingGold {
  const scorer = scorerOf(job.scorer);
  if (!readsAnswers(scorer)) throw new Error(`scorer ${job.scorer} does not read answers`);
  try {
    return scorer.score(
      {
        ...{ text: raw, gold: JSON.parse(gold), labels: job.labels, question },
        options: options === null ? null : JSON.parse(options),
      },
      job.options,
    );
  } catch (cause) {
    if (!(cause instanceof InputError) && !(cause instanceof SyntaxError)) throw cause;
    // One gold answer that cannot be read leaves its own item without a score, and no other.
    return { ...awaitingGold, detail: cause.message };
  }
}

async function loadJobs(
  engine: Engine,
  place: { benchmark: string; pool: string },
): Promise<Map<string, Job>> {
  const rows = await engine.rows<{
    dataset: string;
    component: number;
    metric: string;
    scorer: ScorerName;
    settings: string;
  }>("SELECT * FROM jobs");
  const datasets = rows.filter(({ scorer }) => usesLabels(scorer)).map(({ dataset }) => dataset);
  const labels = await labelsInUse(engine, [...new Set(datasets)], place);
  return new Map(
    rows.map(({ settings, ...row }) => [
      `${row.dataset}\0${row.component}`,
      {
        ...row,
        options: scorerOf(row.scorer).options.parse(JSON.parse(settings)),
        labels: usesLabels(row.scorer) ? (labels.get(row.dataset) ?? null) : null,
      },
    ]),
  );
}

function usesLabels(name: ScorerName): boolean {
  const scorer = scorerOf(name);
  return readsAnswers(scorer) && scorer.usesLabels === true;
}

async function labelsInUse(
  engine: Engine,
  datasets: readonly string[],
  place: { benchmark: string; pool: string },
): Promise<ReadonlyMap<string, readonly string[]>> {
  if (datasets.length === 0) return new Map();
  const rows = await engine.rows<{ dataset: string; labels: string[] }>(
    readQuery(new URL("labels-in-use.sql", import.meta.url)),
    { ...place, datasets: listValue([...datasets]) },
  );
  return new Map(rows.map(({ dataset, labels }) => [dataset, labels]));
}
