import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import writeFileAtomic from "write-file-atomic";
import { type Rubric, rubricVersion } from "../../../src/lib/catalogue/rubric.js";
import { InputError } from "../../../src/lib/errors.js";
import {
  editResult,
  type JudgedEdit,
  mutationOperators,
  type StressRate,
  stressRates,
} from "../../../src/lib/stress/index.js";
import { type BudgetLimits, free, type Prices } from "../../asking/budget.js";
import { estimateRequests, type RequestEstimate } from "../../asking/estimate.js";
import { Journal } from "../../asking/journal.js";
import type { RateLimits } from "../../asking/rate-gate.js";
import type { ModelRequest } from "../../asking/request.js";
import type { RunCounts } from "../../asking/run-options.js";
import { startRunProgress } from "../../asking/run-progress.js";
import { runRequests } from "../../asking/run-requests.js";
import { requireAnswers } from "../../asking/stop-error.js";
import { stressJournalPath } from "../../judging/judge-files.js";
import { promptHash } from "../../judging/prompt.js";
import { requireAnswered } from "../../judging/require-answered.js";
import { loadRubric } from "../../judging/rubrics.js";
import type { Judge, JudgeRequest } from "../../judging/types.js";
import { type CriterionVerdict, parseVerdict, verdictReader } from "../../judging/verdict.js";
import { withEngine } from "../../warehouse/engine.js";
import { currentVersion } from "../../warehouse/versioned-folder.js";
import { attachTables } from "../../warehouse/views.js";
import { workspacePaths } from "../../warehouse/workspace.js";
import { drawAnswers, type StressAnswer, type StressSample } from "./answers.js";
import { gradePair } from "./grade.js";
import { type PlannedEdit, planEdits } from "./plan.js";
import { gullibleJudge, keywordJudge, oracleJudge } from "./stub-judges.js";

export const stubClients = ["stub-oracle", "stub-keyword", "stub-gullible"] as const;
export type StubClient = (typeof stubClients)[number];

export interface StressOptions extends Partial<StressSample> {
  readonly workspace: string;
  /** A stub by name, or any judge; only those that are not stubs keep a journal in the workspace. */
  readonly judge: StubClient | Judge;
  /** Rubric id or file. Default "clinical-5". */
  readonly rubric?: string;
  /** A grade must move by more than this (on 0 to 1) to count. Default 0. */
  readonly margin?: number;
  /** Count the requests without sending any. */
  readonly dryRun?: boolean;
  /** JSON Lines file for the edits with their texts and grades. */
  readonly editsFile?: string;
  readonly concurrency?: number;
  readonly limits?: RateLimits;
  readonly budget?: BudgetLimits;
  readonly prices?: Prices;
}

export interface StressReport {
  readonly judge: string;
  readonly rubric: string;
  readonly prompt_hash: string;
  readonly seed: number;
  readonly margin: number;
  readonly n_answers: number;
  readonly n_edits: number;
  readonly n_requests: number;
  /** Open requests and their cost; known replies cost nothing. */
  readonly estimate: RequestEstimate;
  /** Counts of the run; null on a dry run. */
  readonly run: RunCounts | null;
  /** Null on a dry run. */
  readonly rates: readonly StressRate[] | null;
}

/**
 * Clinical mutation testing of a judge: answers of the warehouse are graded unchanged and after edits of known
 * meaning. Replies of a real judge are kept in the workspace in `judge/stress/<judge>.jsonl`, so a run that was stopped
 * continues where it was; the warehouse itself is only read.
 *
 * @throws InputError if the warehouse contains no answer that a judge grades
 * @throws ModelCallError if no request can work (wrong key, unknown model)
 */
export async function stressJudge(options: StressOptions): Promise<StressReport> {
  const { workspace, seed = 1, limit = 40, margin = 0, judge, datasets } = options;
  const rubric = loadRubric(options.rubric ?? "clinical-5");
  const sample = { seed, limit, ...(datasets === undefined ? {} : { datasets }) };
  const answers = await readAnswers(workspace, rubric, sample);
  const edits = planEdits(answers, rubric, { seed, model: typeof judge === "string" ? judge : judge.name });
  const requests = distinctRequests(edits);
  const report = {
    judge: typeof judge === "string" ? judge : judge.name,
    rubric: rubricVersion(rubric),
    prompt_hash: promptHash(rubric),
    seed,
    margin,
    n_answers: answers.length,
    n_edits: edits.length,
    n_requests: requests.length,
    estimate: await estimateOf(requests, options),
  };
  if (options.dryRun) return { ...report, run: null, rates: null };

  const { run, judged } = await withJournal(options, async (journal) => ({
    run: await ask(requests, stubOrJudge(judge, edits), journal, options),
    judged: edits.map((planned) => judgedEdit(planned, rubric, journal)),
  }));
  if (options.editsFile !== undefined) await writeEdits(options.editsFile, edits, judged, margin);
  return { ...report, run, rates: stressRates(judged, { margin, plan: planOf(answers) }) };
}

async function readAnswers(workspace: string, rubric: Rubric, sample: StressSample): Promise<StressAnswer[]> {
  const { warehouse } = workspacePaths(workspace);
  const version = await currentVersion(warehouse);
  const answers =
    version === null
      ? []
      : await withEngine(
          async (engine) => {
            await attachTables(engine, version, ["responses", "items", "items_private", "judgments"]);
            await requireAnswered(engine, { datasets: sample.datasets }, "stress-judge");
            return drawAnswers(engine, rubric, sample);
          },
          { workspace },
        );
  if (answers.length === 0) {
    throw new InputError(`stress-judge: ${warehouse} contains no answer that a judge grades`, {
      hint: "Run `medbench ingest PATH` with a gold pack that has key points, or with judgments; check --dataset.",
    });
  }
  return answers;
}

/** All operators and drawn languages: those without a match are listed as such. */
const planOf = (answers: readonly StressAnswer[]) => ({
  operators: mutationOperators,
  languages: [...new Set(answers.map(({ material }) => material.language))],
});

function stubOrJudge(judge: StressOptions["judge"], edits: readonly PlannedEdit[]): Judge {
  if (typeof judge !== "string") return judge;
  if (judge === "stub-oracle") return oracleJudge(edits);
  return judge === "stub-keyword" ? keywordJudge : gullibleJudge;
}

function distinctRequests(edits: readonly PlannedEdit[]): JudgeRequest[] {
  const requests = edits.flatMap(({ original, edited }) => [original, edited]);
  return [...new Map(requests.map((request) => [request.requestHash, request])).values()];
}

/** A stub costs nothing and may change with the code, so its journal is deleted. */
async function withJournal<T>(
  { workspace, judge }: StressOptions,
  work: (journal: Journal) => Promise<T>,
): Promise<T> {
  const folder = typeof judge === "string" ? await mkdtemp(join(tmpdir(), "medbench-stress-")) : null;
  try {
    const path =
      typeof judge === "string" ? join(folder ?? "", "stub.jsonl") : stressJournalPath(workspace, judge.name);
    const journal = await Journal.open(path);
    try {
      return await work(journal);
    } finally {
      await journal.close();
    }
  } finally {
    if (folder !== null) await rm(folder, { recursive: true, force: true });
  }
}

async function estimateOf(
  requests: readonly JudgeRequest[],
  { workspace, judge, prices = free }: StressOptions,
): Promise<RequestEstimate> {
  if (typeof judge === "string") return estimateRequests(requests, { isKnown: () => false, prices });
  const journal = Journal.read(stressJournalPath(workspace, judge.name));
  const isKnown = ({ requestHash }: ModelRequest) => journal.isAnswered(requestHash);
  const estimate = estimateRequests(requests, { isKnown, prices });
  await journal.close();
  return estimate;
}

async function ask(
  requests: readonly JudgeRequest[],
  judge: Judge,
  journal: Journal,
  { concurrency, limits, budget, prices }: StressOptions,
): Promise<RunCounts> {
  const progress = startRunProgress(`stress-judge ${judge.name}`, requests.length);
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
    // A judge whose replies cannot be read is a result.
    if (counts.unreadable === 0) requireAnswers(`stress-judge ${judge.name}`, counts);
    return counts;
  } finally {
    progress.end();
  }
}

function judgedEdit(
  { answer, operator, kind, original, edited }: PlannedEdit,
  rubric: Rubric,
  journal: Journal,
): JudgedEdit {
  const { language, keyPoints } = answer.material;
  const verdictsOf = ({ requestHash }: JudgeRequest): readonly CriterionVerdict[] => {
    const reply = journal.reply(requestHash);
    return reply === null ? [] : parseVerdict(reply.text, rubric, { nPoints: keyPoints.length }).verdicts;
  };
  const grades = gradePair(rubric, keyPoints, verdictsOf(original), verdictsOf(edited));
  return { answer: answer.group, operator, kind, language, specialties: answer.specialties, ...grades };
}

/** Contains answers and their edits, so it is confidential like the responses. */
async function writeEdits(
  file: string,
  edits: readonly PlannedEdit[],
  judged: readonly JudgedEdit[],
  margin: number,
): Promise<void> {
  const lines = edits.map(({ answer, operator, kind, edit }, index) => {
    const { run, dataset, item, variant, condition, repeat } = answer;
    const grades = judged[index] as JudgedEdit;
    const { text, span, before, after } = edit;
    return JSON.stringify({
      run,
      dataset,
      item,
      variant,
      condition,
      repeat,
      operator,
      kind,
      result: editResult(grades, { margin }),
      grade_before: grades.before,
      grade_after: grades.after,
      span,
      before,
      after,
      text,
    });
  });
  await writeFileAtomic(resolve(file), `${lines.join("\n")}\n`);
}
