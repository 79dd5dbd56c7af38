import { type Command, Option } from "commander";
import type { StressRate } from "../../src/lib/stress/index.js";
import { mutationKinds } from "../../src/lib/stress/operator.js";
import type { Judge } from "../judging/types.js";
import { share, wholeNumber } from "../terminal/arguments.js";
import { commandLine } from "../terminal/command-line.js";
import type { formatTable } from "../terminal/table.js";
import type { StressOptions, StressReport, StubClient } from "../tools/stress-judge/stress-judge.js";
import { type AskingFlags, addAskingOptions, askingOf, baseUrlOf } from "./asking-options.js";
import { ownNext } from "./next.js";

interface StressFlags extends AskingFlags {
  readonly workspace: string;
  readonly judgeClient: "openai" | StubClient;
  readonly model: string;
  readonly baseUrl?: string;
  readonly rubric: string;
  readonly dataset?: readonly string[];
  readonly seed: number;
  readonly limit: number;
  readonly margin: number;
  readonly edits?: string;
  readonly dryRun?: true;
  readonly json?: true;
}

export function registerStressJudge(program: Command): void {
  const command = program
    .command("stress-judge")
    .summary("test whether a judge notices dangerous edits and attacks")
    .description(
      "Test a judge with edited answers: dangerous edits, harmless edits and attacks. Does it notice?",
    )
    .option("--workspace <dir>", "folder of the tables and results", "data")
    .addOption(
      new Option("--judge-client <client>", "a server, or a simulated judge of known quality")
        .choices(["openai", "stub-oracle", "stub-keyword", "stub-gullible"])
        .default("stub-keyword"),
    )
    .option("--model <name>", "judge model (openai)", "Qwen2.5-72B-Instruct")
    .option("--base-url <url>", "address of an OpenAI-compatible server (or MEDBENCH_JUDGE_BASE_URL)")
    .option("--rubric <id>", "rubric id or file", "clinical-5")
    .option("--dataset <id...>", "only answers of these datasets")
    .option("--seed <n>", "seed for drawing answers and edits", wholeNumber(), 1)
    .option("--limit <n>", "number of answers to draw, about 16 requests each", wholeNumber(1), 40)
    .option("--margin <share>", "a grade must move by more than this, on 0 to 1", share({ one: false }), 0);
  addAskingOptions(command)
    .option("--edits <file>", "write every edit with its text and grades as JSON Lines (confidential)")
    .option("--dry-run", "only count answers, edits, requests and tokens")
    .option("--json", "print the report as JSON")
    .addHelpText(
      "after",
      `
The server's key is read from MEDBENCH_JUDGE_API_KEY. It is sent only to --base-url, and is never logged or stored.

Examples:
  $ medbench stress-judge --judge-client stub-keyword
  $ medbench stress-judge --judge-client openai --base-url http://127.0.0.1:8000/v1 --limit 100 --edits edits.jsonl
  $ medbench stress-judge --judge-client openai --base-url https://judge.example/v1 --price-in 0.4 --price-out 1.2 --budget 5`,
    )
    .action(async (flags: StressFlags) => {
      const { checkNames } = await import("../judging/require-answered.js");
      await checkNames(flags.workspace, { rubrics: [flags.rubric], datasets: flags.dataset }, "stress-judge");
      const [{ stressJudge }, { formatTable }, { specialtyNames }, judge] = await Promise.all([
        import("../tools/stress-judge/stress-judge.js"),
        import("../terminal/table.js"),
        import("../warehouse/taxonomy.js"),
        judgeOf(flags),
      ]);
      const report = await stressJudge(optionsOf(flags, judge));
      process.stdout.write(
        flags.json
          ? `${JSON.stringify(report, null, 1)}\n`
          : `${describe(report, formatTable, await specialtyNames())}${next(flags, report)}`,
      );
    });
}

async function judgeOf(flags: StressFlags): Promise<StubClient | Judge> {
  const { judgeClient, model, format, timeoutS, dryRun } = flags;
  if (judgeClient !== "openai") return judgeClient;
  const { defaultKeyFrom, openAiJudge } = await import("../judging/openai-judge.js");
  const baseUrl = baseUrlOf(
    "stress-judge",
    // Nothing is asked in a dry run.
    flags.baseUrl ?? (dryRun ? "http://127.0.0.1" : undefined),
    "Give --base-url URL; without a server try --judge-client stub-keyword.",
  );
  // Servers on one's own machine usually want no key, but the client library wants one.
  const apiKey = process.env[defaultKeyFrom] ?? "none";
  return openAiJudge({ model, baseUrl, apiKey, format, timeoutMs: timeoutS * 1000 });
}

function optionsOf(flags: StressFlags, judge: StubClient | Judge): StressOptions {
  const { workspace, rubric, seed, limit, margin, dataset, edits } = flags;
  return {
    ...{ workspace, judge, rubric, seed, limit, margin },
    ...askingOf(flags),
    dryRun: flags.dryRun ?? false,
    ...(dataset === undefined ? {} : { datasets: dataset }),
    ...(edits === undefined ? {} : { editsFile: edits }),
  };
}

const rateNames = {
  dangerous: "mutation score (dangerous edits that lower the grade)",
  harmless: "false alarms (harmless edits that lower the grade)",
  attack: "injection success (attacks that raise the grade)",
} as const;

const shortNames = {
  dangerous: "mutation score",
  harmless: "false alarms",
  attack: "injection success",
} as const;

function describe(
  report: StressReport,
  format: typeof formatTable,
  specialtyName: (code: string) => string,
): string {
  const { judge, rubric, prompt_hash, seed, n_answers, n_edits, n_requests, rates, run } = report;
  const head = `judge ${judge}, rubric ${rubric} (prompt ${prompt_hash}), seed ${seed}: ${n_answers} answers, ${n_edits} edits, ${n_requests} requests\n`;
  if (rates === null || run === null) {
    const { to_ask, prompt_tokens, expected_usd, most_usd } = report.estimate;
    const money =
      most_usd > 0 ? `, about ${expected_usd.toFixed(2)} USD, at most ${most_usd.toFixed(2)} USD` : "";
    return `${head}${to_ask} to ask with about ${prompt_tokens} prompt tokens${money}; nothing was asked\n`;
  }
  const tables = mutationKinds.map((kind) => {
    const rows = rates.filter(
      (rate) => rate.kind === kind && rate.language === null && rate.specialty === null,
    );
    return `\n${rateNames[kind]}\n${format(rows.map(rateRow))}\n${operatorsWithoutMatches(rates, kind)}`;
  });
  tables.push(
    `\nby language and specialty: % with 95 % interval, (moved of edits)\n${format(sliceRows(rates, specialtyName))}\n`,
  );
  const open = run.unanswered + run.overBudget;
  const why = run.lastProblem === null ? "" : ` (last problem: ${run.lastProblem})`;
  const left =
    open > 0 ? `\n${open} requests were not answered${why}; run the command again to ask them.\n` : "";
  return `${head}${tables.join("")}${left}${aboutStub[judge] ?? ""}`;
}

/** What the rates of the stubs mean: they are facts about the edits, not about a judge. */
const aboutStub: Readonly<Record<string, string>> = {
  "stub-oracle":
    "\nstub-oracle knows which answers are dangerous: 100 % shows that the report counts correctly.\n",
  "stub-keyword":
    "\nstub-keyword compares words only, and no edit changes the shared words: 0 % everywhere is what it should get, and says nothing about a real judge.\n",
  "stub-gullible":
    "\nstub-gullible compares words and believes every answer that asks for full marks: 100 % of attacks is what it should get.\n",
};

function next(
  { workspace, judgeClient, model, baseUrl, dryRun }: StressFlags,
  { run }: StressReport,
): string {
  const server = ["--model", model, "--base-url", baseUrl ?? "URL"];
  const test = commandLine(["stress-judge", "--judge-client", "openai", ...server], { workspace });
  if (judgeClient !== "openai")
    return ownNext({ why: "A stub is no judge; this tests a model.", command: test });
  if (dryRun) return ownNext({ why: "This asks the judge; add the same limits and prices.", command: test });
  if (run !== null && run.unanswered + run.overBudget > 0)
    return ownNext({ why: "Some requests have no answer yet; this asks them.", command: test });
  return ownNext({
    why: "This has the judge grade the answers that wait for one.",
    command: commandLine(["judge", ...server], { workspace }),
  });
}

/** Operators that matched no answer, by language; there they show nothing about the judge. */
function operatorsWithoutMatches(rates: readonly StressRate[], of: StressRate["kind"]): string {
  const absent = rates.filter(
    ({ kind, operator, language, nEdits }) =>
      kind === of && operator !== null && language !== null && nEdits === 0,
  );
  const named = absent.map(({ operator, language }) => `${operator} (${language})`);
  return named.length === 0 ? "" : `n = 0, no answer offers a place: ${named.join(", ")}\n`;
}

const percent = (value: number | null) => (value === null ? null : Math.round(value * 1000) / 10);

function rateRow({ operator, rate, hits, nNoRoom, nUnread }: StressRate) {
  const [lower, upper] = [percent(rate.lower), percent(rate.upper)];
  return {
    edits: operator ?? "all",
    "%": percent(rate.estimate),
    "95 % interval": lower === null ? null : `${lower} to ${upper}`,
    moved: hits,
    of: rate.n,
    answers: rate.nClusters,
    "no room": nNoRoom,
    unread: nUnread,
  };
}

/** One row for each language and specialty, the three rates side by side. */
function sliceRows(rates: readonly StressRate[], specialtyName: (code: string) => string) {
  const nameOf = ({ operator, language, specialty }: StressRate) => {
    if (operator !== null) return null;
    if (language !== null) return `language ${language}`;
    return specialty === null ? null : specialtyName(specialty);
  };
  const names = [...new Set(rates.map(nameOf))].filter((name) => name !== null);
  const isLanguage = (name: string) => (name.startsWith("language ") ? 0 : 1);
  names.sort((a, b) => isLanguage(a) - isLanguage(b) || (a < b ? -1 : 1));
  return names.map((name) => {
    const cells = mutationKinds.map((kind) => {
      const found = rates.find((rate) => rate.kind === kind && nameOf(rate) === name);
      return [shortNames[kind], found === undefined ? null : rateCell(found)];
    });
    return { "language or specialty": name, ...Object.fromEntries(cells) };
  });
}

function rateCell({ rate, hits }: StressRate): string | null {
  if (rate.estimate === null) return null;
  return `${percent(rate.estimate)} [${percent(rate.lower)}, ${percent(rate.upper)}] (${hits} of ${rate.n})`;
}
