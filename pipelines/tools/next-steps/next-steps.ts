import { commandLine, type Places } from "../../terminal/command-line.js";
import { rememberedReport } from "../../warehouse/report-place.js";
import { type WorkspaceState, workspaceState } from "./workspace-state.js";

/** What to do next in a workspace, and why. */
export interface NextStep {
  readonly why: string;
  readonly command: string;
}

interface NextStepOptions extends Partial<Places> {
  readonly workspace: string;
  /** The command that has just run: it is not proposed again. */
  readonly after?: string;
}

/** The one or two commands that are most useful in a workspace as it is now. Without `out`, the report is where it was last built. */
export async function nextSteps({ workspace, out, after }: NextStepOptions): Promise<NextStep[]> {
  const site = out ?? (await rememberedReport(workspace)) ?? "dist";
  const state = await workspaceState(workspace, site);
  return stepsFor(state, { workspace, out: site }, after);
}

/** The steps for a state, in the order in which somebody takes them, at most two. */
export function stepsFor(state: WorkspaceState | null, places: Places, after?: string): NextStep[] {
  const inWorkspace = (why: string, ...words: readonly string[]) => ({
    why,
    words,
    command: commandLine(words, { workspace: places.workspace }),
  });
  const withSite = (why: string, ...words: readonly string[]) => ({
    why,
    words,
    command: commandLine(words, places),
  });
  if (state === null) return plain([inWorkspace("Nothing has been ingested yet.", "ingest", "FILES")]);
  const { items, responses, stages, outcomes } = state;
  const steps = [
    ...inputSteps(state, inWorkspace),
    ...(stages.score === "current" ? scoreSteps(state, inWorkspace) : []),
    ...catalogueSteps(state, inWorkspace),
    ...(items > 0 && responses > 0 && state.canScore && isBehind(state)
      ? [withSite(whyBehind(state), "run")]
      : []),
    ...(isMuchQuarantined(state) ? quarantineSteps(state, inWorkspace) : []),
    ...judgeSteps(state, inWorkspace),
    ...(stages.release === "current" && (outcomes["scored"] ?? 0) > 0
      ? [
          state.site === "current"
            ? withSite("The report is built; this shows it in a browser.", "publish", "--serve")
            : withSite("The released figures are up to date; this builds the report from them.", "publish"),
        ]
      : []),
    ...(isMuchQuarantined(state) ? [] : quarantineSteps(state, inWorkspace)),
    ...(stages.gate === "current" && state.withheld > 0
      ? [
          inWorkspace(
            `${count(state.withheld)} of ${count(state.figures)} figures may not be published; this says what they lack.`,
            "gate",
          ),
        ]
      : []),
  ];
  return plain(steps.filter(({ words }) => words[0] !== after || words.length > 1).slice(0, 2));
}

type Step = NextStep & { readonly words: readonly string[] };
type MakeStep = (why: string, ...words: readonly string[]) => Step;

function plain(steps: readonly NextStep[]): NextStep[] {
  return steps.map(({ why, command }) => ({ why, command }));
}

function inputSteps({ items, responses }: WorkspaceState, step: MakeStep): Step[] {
  if (items === 0)
    return [
      step(
        responses === 0
          ? "There are no questions yet."
          : `${count(responses)} answers have no questions that they belong to.`,
        ...["ingest", "QUESTIONS", "--role", "questions"],
      ),
    ];
  if (responses === 0)
    return [step("There are no answers yet.", "ingest", "ANSWERS", "--role", "answers", "--system", "NAME")];
  return [];
}

/** A few lines that were not taken do not keep anybody from looking at the report; more of them may change it. */
const isMuchQuarantined = ({ quarantined, items, responses }: WorkspaceState) =>
  quarantined > 0.02 * (items + responses);

function quarantineSteps({ quarantined }: WorkspaceState, step: MakeStep): Step[] {
  if (quarantined === 0) return [];
  return [
    step(
      `${lines(quarantined)} not taken; this shows each with its file, line and reason.`,
      ...["sql", "select source, file, line, reason, detail from quarantine"],
    ),
  ];
}

/** Without a catalogue nothing can be scored. */
function catalogueSteps({ withoutCatalogue, responses }: WorkspaceState, step: MakeStep): Step[] {
  const [first] = withoutCatalogue;
  if (first === undefined || responses === 0) return [];
  const { words, ...init } = step(
    `Benchmark ${first} has no catalogue, so its answers cannot be scored; init writes one from the files, and ingest takes it with --catalogue.`,
    "init",
    "FILES",
  );
  return [{ ...init, words, command: commandLine(words) }];
}

/** Whether a stage has not seen the tables as they are now. Only a workspace with verdicts is calibrated. */
function isBehind({ stages, hasJudgments }: WorkspaceState): boolean {
  const { score, calibrate, aggregate, gate, release } = stages;
  const needed = [score, ...(hasJudgments ? [calibrate] : []), aggregate, gate, release];
  return needed.some((stage) => stage !== "current");
}

function whyBehind({ stages, outcomes, expected }: WorkspaceState): string {
  if (stages.score === "missing") return "The answers are not scored yet.";
  if (stages.score === "stale") return "The scores are older than what was ingested or judged since.";
  if (stages.release === "missing")
    return `${count(outcomes["scored"] ?? 0)} of ${count(expected)} responses are scored; this runs the other stages, up to the report.`;
  return "Some results are older than the scores or ratings; this runs the stages that have to run again.";
}

function scoreSteps(
  { outcomes, expected, poolsAwaitingGold, hasJudgments }: WorkspaceState,
  step: MakeStep,
): Step[] {
  const awaitingGold = outcomes["awaiting_gold"] ?? 0;
  const awaitingJudgment = outcomes["awaiting_judgment"] ?? 0;
  const steps: Step[] = [];
  if (awaitingGold > 0) {
    const [pool] = poolsAwaitingGold;
    const ofPool = pool === undefined || pool === "default" ? [] : ["--pool", pool];
    steps.push(
      step(`${responses(awaitingGold)} gold answers.`, ...["ingest", "GOLD", "--role", "gold", ...ofPool]),
    );
  }
  if (awaitingJudgment > 0) {
    const another = hasJudgments ? " (there are no usable verdicts on them yet)" : "";
    steps.push(step(`${responses(awaitingJudgment)} a judge${another}.`, "judge", "--base-url", "URL"));
  }
  if (steps.length > 0 || (outcomes["scored"] ?? 0) > 0 || expected === 0) return steps;
  return [nothingScored(outcomes, expected, step)];
}

const responses = (n: number) => (n === 1 ? "1 response awaits" : `${count(n)} responses await`);
const lines = (n: number) => (n === 1 ? "1 line of your files was" : `${count(n)} lines of your files were`);

/** Why no answer has a score, where it is neither gold nor a judge that is missing. */
function nothingScored(outcomes: Readonly<Record<string, number>>, expected: number, step: MakeStep): Step {
  const [outcome = "missing", n = 0] =
    Object.entries(outcomes)
      .filter(([name]) => name !== "scored")
      .sort(([, a], [, b]) => b - a)[0] ?? [];
  const reasons: Readonly<Record<string, string>> = {
    missing: "have no answer: answers may belong to other datasets or ids than the questions",
    unparsed: "could not be read",
    empty: "are empty",
    errored: "are errors of the system that was asked",
    refused: "are refusals",
    truncated: "were cut off",
    judge_failed: "have no usable verdict of the judge",
  };
  const why = reasons[outcome] ?? `have the outcome ${outcome}`;
  return step(
    `Nothing is scored: ${count(n)} of ${count(expected)} expected responses ${why}.`,
    "sql",
    outcome === "missing"
      ? "select dataset, outcome, sum(n) as n from outcome_counts group by all order by n desc"
      : `select dataset, item_id, raw from outcomes natural join responses where outcome = '${outcome}' limit 10`,
  );
}

function judgeSteps({ hasJudgments, ratings, outcomes }: WorkspaceState, step: MakeStep): Step[] {
  if (!hasJudgments || ratings > 0 || (outcomes["scored"] ?? 0) === 0) return [];
  return [
    step(
      "No physician has rated answers that the judge graded, so its grades are unchecked; this draws answers to rate.",
      ...["rating-packet", "--out", "rating-packet"],
    ),
  ];
}

const count = (n: number) => n.toLocaleString("en-US");
