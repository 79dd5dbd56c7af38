import { join } from "node:path";
import { type Rubric, rubricVersion } from "../../../src/lib/catalogue/rubric.js";
import { InputError } from "../../../src/lib/errors.js";
import { replayName, stubName } from "../../../src/lib/records/judge-kind.js";
import { readBatch, writeBatch } from "../../asking/batch.js";
import { type BudgetLimits, free, type Prices } from "../../asking/budget.js";
import { ModelCallError } from "../../asking/call-error.js";
import type { ReplyFormat } from "../../asking/chat-body.js";
import { Journal } from "../../asking/journal.js";
import type { RateLimits } from "../../asking/rate-gate.js";
import { startRunProgress } from "../../asking/run-progress.js";
import { runRequests } from "../../asking/run-requests.js";
import { requireAnswers } from "../../asking/stop-error.js";
import { estimateJudgments } from "../../judging/estimate.js";
import { isJudgePart, judgeJournalPath, judgePart } from "../../judging/judge-files.js";
import {
  countPlanned,
  type PlanFilters,
  type PlannedJudgment,
  type PlanOptions,
  planJudgments,
} from "../../judging/plan.js";
import { promptHash } from "../../judging/prompt.js";
import { requireAnswered } from "../../judging/require-answered.js";
import { loadRubric } from "../../judging/rubrics.js";
import type { Judge, JudgeRequest } from "../../judging/types.js";
import { verdictReader } from "../../judging/verdict.js";
import { placeFile } from "../../warehouse/disk.js";
import { type Engine, withEngine } from "../../warehouse/engine.js";
import { hashFile } from "../../warehouse/hash.js";
import { currentVersion, type Version } from "../../warehouse/versioned-folder.js";
import { attachTables } from "../../warehouse/views.js";
import { workspacePaths } from "../../warehouse/workspace.js";
import { runStage, type StageOutcome, type StageTools } from "../stage.js";
import { rubricsFor } from "./dataset-rubrics.js";
import { writeJudgments } from "./judgment-rows.js";
import { replayJudge } from "./replay-judge.js";

/** Where replies come from, or what to do instead of asking. */
export type JudgeSource =
  | { readonly kind: "online"; readonly open: (model: string) => Promise<Judge> }
  | { readonly kind: "replay" }
  | { readonly kind: "dry_run" }
  | { readonly kind: "batch_out"; readonly file: string; readonly format: ReplyFormat }
  | { readonly kind: "batch_in"; readonly files: readonly string[] };

export interface JudgeOptions extends PlanFilters {
  readonly workspace: string;
  /** Model that the server is asked for. */
  readonly model: string;
  /** How tables and the journal name the judge. Default: the model. */
  readonly name?: string;
  readonly source: JudgeSource;
  /** Rubric ids or files for every judged dataset. Default: each dataset's own. */
  readonly rubrics?: readonly string[];
  /** Default 1. */
  readonly repeats?: number;
  /** Seed for shuffling the points of items. Default: the order of the item. */
  readonly shufflePoints?: number;
  readonly maxTokens?: number;
  readonly concurrency?: number;
  readonly limits?: RateLimits;
  readonly budget?: BudgetLimits;
  readonly prices?: Prices;
}

export interface JudgeOutcome {
  readonly judge: string;
  /** What was asked, estimated, written or read. */
  readonly work: Readonly<Record<string, unknown>>;
  /** The stage that wrote the verdicts; null if none were written. */
  readonly stage: StageOutcome | null;
}

/**
 * Asks a judge about every answer of the warehouse whose metric needs one, and adds its verdicts to the `judgments` table.
 * The calls run before the stage: they may take days, and meanwhile other commands can use the warehouse. The journal
 * keeps every reply, so any number of runs, killed or not, produces the same table.
 */
export async function runJudge(options: JudgeOptions): Promise<JudgeOutcome> {
  const { workspace, model, source } = options;
  const { warehouse } = workspacePaths(workspace);
  const version = await currentVersion(warehouse);
  if (version === null) {
    throw new InputError(`judge: ${warehouse} contains no answers`, {
      hint: "Run `medbench ingest PATH` first.",
    });
  }
  if (source.kind === "replay" && options.shufflePoints !== undefined) {
    throw new InputError(
      "judge: recorded verdicts were given for points in one order, which cannot be changed afterwards",
      {
        hint: "Leave --shuffle-points out of a replay.",
      },
    );
  }
  const plan = await planOf(options, version);
  const client = source.kind === "online" ? await source.open(model) : null;
  const judge = await nameOf(options, client);
  const path = judgeJournalPath(workspace, judge);
  const asksNothing = source.kind === "dry_run" || source.kind === "batch_out";
  const journal = asksNothing ? Journal.read(path) : await Journal.open(path);
  const answeredBefore = journal.answered;
  journal.introduce({ judge, model });
  try {
    const work = await withEngine(
      async (engine) => {
        await attachTables(engine, version, ["responses", "items", "items_private"]);
        await requireAnswered(engine, options, "judge");
        return workOn(engine, version, plan, { journal, options, client });
      },
      { workspace },
    ).catch(async (error) => {
      // What arrived before the server failed is paid for, and belongs into the table.
      if (error instanceof ModelCallError && journal.answered > answeredBefore)
        await writeStage(options, judge, journal);
      throw error;
    });
    return { judge, work, stage: asksNothing ? null : await writeStage(options, judge, journal) };
  } finally {
    await journal.close();
  }
}

/** How tables and the journal name the judge. A stub or a replay can be told by its name, whatever model was asked for. */
async function nameOf({ model, name = model, source }: JudgeOptions, client: Judge | null): Promise<string> {
  if (source.kind === "replay") return replayName(model);
  return (await client?.isStub?.()) ? stubName(name) : name;
}

interface JudgeWork {
  readonly journal: Journal;
  readonly options: JudgeOptions;
  /** Null where no server is asked. */
  readonly client: Judge | null;
}

async function workOn(
  engine: Engine,
  version: Version,
  plan: PlanOptions,
  { journal, options, client }: JudgeWork,
): Promise<Readonly<Record<string, unknown>>> {
  const { model, source, prices = free, budget = {} } = options;
  const requests = () => requestsOf(planJudgments(engine, plan));
  switch (source.kind) {
    case "dry_run":
      return {
        ...(await estimateJudgments(planJudgments(engine, plan), { journal, prices })),
        spent_usd: journal.spentUsd,
      };
    case "batch_out": {
      const { file, format } = source;
      return { ...(await writeBatch(requests(), file, { model, format, journal, prices, budget })) };
    }
    case "batch_in":
      return { ...(await readBatch(requests(), source.files, { readerOf: verdictReader, journal, prices })) };
    case "replay": {
      await attachRecorded(engine, version);
      const replay = await replayJudge(engine, model);
      const prepared = requestsOf(planJudgments(engine, plan), replay.prepare);
      return ask(prepared, replay.judge, await countPlanned(engine, plan), journal, {
        ...options,
        prices: free,
      });
    }
    case "online":
      return ask(requests(), client as Judge, await countPlanned(engine, plan), journal, options);
  }
}

async function ask(
  requests: AsyncIterable<JudgeRequest>,
  judge: Judge,
  total: number,
  journal: Journal,
  { concurrency, limits, budget, prices }: JudgeOptions,
): Promise<JudgeOutcome["work"]> {
  const progress = startRunProgress(`judge ${judge.name}`, total);
  try {
    const counts = await runRequests(requests, {
      client: judge,
      readerOf: verdictReader,
      journal,
      onProgress: progress.show,
      onWait: progress.say,
      ...(concurrency === undefined ? {} : { concurrency }),
      ...(limits === undefined ? {} : { limits }),
      ...(budget === undefined ? {} : { budget }),
      ...(prices === undefined ? {} : { prices }),
    });
    requireAnswers(`judge ${judge.name}`, counts);
    return { ...counts, spent_usd: journal.spentUsd };
  } finally {
    progress.end();
  }
}

async function* requestsOf(
  planned: AsyncIterable<PlannedJudgment>,
  before: (each: PlannedJudgment) => void = () => {},
): AsyncGenerator<JudgeRequest> {
  for await (const each of planned) {
    before(each);
    yield each.request;
  }
}

async function planOf(options: JudgeOptions, version: Version | null): Promise<PlanOptions> {
  const { model, repeats = 1, maxTokens, shufflePoints, source, runs, datasets, rubrics } = options;
  return {
    model,
    repeats,
    byResponse: source.kind === "replay",
    ...(maxTokens === undefined ? {} : { maxTokens }),
    ...(shufflePoints === undefined ? {} : { shufflePoints }),
    ...(runs === undefined ? {} : { runs }),
    ...(datasets === undefined ? {} : { datasets }),
    rubricsFor: await rubricsFor(version, rubrics),
  };
}

/** Only judgments that were ingested: replaying a replay would prove nothing. */
async function attachRecorded(engine: Engine, version: Version): Promise<void> {
  const files = version.manifest.files.filter(({ file }) => !isJudgePart(file));
  await attachTables(engine, { ...version, manifest: { ...version.manifest, files } }, ["judgments"]);
}

/**
 * Writes the judge's part of `judgments`: everything that the options (without filters) ask for and the journal has. Parts of
 * other judges stay.
 */
function writeStage(options: JudgeOptions, judge: string, journal: Journal): Promise<StageOutcome> {
  const { workspace, runs: _runs, datasets: _datasets, ...unfiltered } = options;
  const part = judgePart(judge);
  const work = async ({ engine, draft, base }: StageTools) => {
    for (const { file } of base?.manifest.files ?? []) {
      if (!isJudgePart(file) || file === part) continue;
      await placeFile(join((base as Version).folder, file), draft.path(...file.split("/")));
    }
    const plan = await planOf({ workspace, ...unfiltered }, base);
    const file = draft.path(...part.split("/"));
    const counts = await writeJudgments(engine, planJudgments(engine, plan), { judge, journal, file });
    return { judge, ...counts };
  };
  return journal.flush().then(() =>
    runStage(workspace, {
      name: "judge",
      reads: ["catalogue", "runs", "items", "items_private", "responses"],
      writes: ["judgments"],
      parameters: {
        judge,
        model: options.model,
        rubrics: (options.rubrics ?? []).map((id) => rubricKey(loadRubric(id))),
        repeats: options.repeats ?? 1,
        maxTokens: options.maxTokens ?? null,
        shufflePoints: options.shufflePoints ?? null,
      },
      inputs: { journal: hashFile(journal.path).sha256 },
      work,
    }),
  );
}

const rubricKey = (rubric: Rubric) => `${rubricVersion(rubric)}@${promptHash(rubric)}`;
