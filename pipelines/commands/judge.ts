import { type Command, Option } from "commander";
import { InputError } from "../../src/lib/errors.js";
import type { PanelMember } from "../judging/panel.js";
import type { JudgeOutcome, JudgeSource } from "../stages/judge/judge.js";
import type { PanelJudge, PanelOptions } from "../stages/judge/panel-run.js";
import { wholeNumber } from "../terminal/arguments.js";
import { isQuiet } from "../terminal/quiet.js";
import {
  type AskingFlags,
  addAskingOptions,
  askingOf,
  baseUrlOf,
  limitsOf,
  pricesOf,
} from "./asking-options.js";
import { nextLines } from "./next.js";

interface JudgeFlags extends AskingFlags {
  readonly workspace: string;
  readonly client: "openai" | "replay";
  readonly model: readonly string[];
  readonly baseUrl?: string;
  readonly judge?: readonly string[];
  readonly judges?: string;
  readonly rubric?: readonly string[];
  readonly repeats: number;
  readonly shufflePoints?: number;
  readonly maxTokens?: number;
  readonly run?: readonly string[];
  readonly dataset?: readonly string[];
  readonly dryRun?: true;
  readonly batchOut?: string;
  readonly batchIn?: readonly string[];
  readonly json?: true;
}

export function registerJudge(program: Command): void {
  const command = program
    .command("judge")
    .summary("ask a judge model to grade the answers that need one")
    .description(
      "Ask a judge model to grade every answer whose metric needs a judge. After an interruption, run it again: it continues where it stopped.",
    )
    .option("--workspace <dir>", "folder of the tables and results", "data")
    .addOption(
      new Option(
        "--client <client>",
        "where verdicts come from: a server that speaks the OpenAI API, or (replay) those that were ingested",
      )
        .choices(["openai", "replay"])
        .default("openai"),
    )
    .addOption(
      new Option("--model <name...>", "judge model; several make a panel on one server").default(
        ["Qwen2.5-72B-Instruct"],
        "Qwen2.5-72B-Instruct",
      ),
    )
    .option("--base-url <url>", "address of an OpenAI-compatible server (or MEDBENCH_JUDGE_BASE_URL)")
    .option("--judge <name=model@url...>", "a panel of judges, each on its own server")
    .option(
      "--judges <file>",
      "the same as a YAML file, with prices, rate limits and names of the variables that hold keys",
    )
    .option("--rubric <id...>", "rubrics for all judged datasets (default: each dataset's own)")
    .option("--repeats <n>", "verdicts per answer", wholeNumber(1), 1);
  addAskingOptions(command)
    .option(
      "--shuffle-points <seed>",
      "shuffle key points and criteria in each repetition, and record their order",
      wholeNumber(),
    )
    .option(
      "--max-tokens <n>",
      "limit on the tokens of a reply (default: depends on the rubric)",
      wholeNumber(1),
    )
    .option("--run <id...>", "only these runs")
    .option("--dataset <id...>", "only these datasets")
    .option("--dry-run", "only count requests and tokens; ask nothing")
    .option("--batch-out <file>", "write the requests as OpenAI Batch files instead of sending them")
    .option("--batch-in <file...>", "read the output files of such batches")
    .option("--json", "print the result of each judge as one line of JSON")
    .addHelpText(
      "after",
      `
The server's key is read from MEDBENCH_JUDGE_API_KEY. It is sent only to --base-url, and is never
logged or stored. A judge given as NAME=MODEL@URL reads its key from MEDBENCH_JUDGE_API_KEY_NAME.

Examples:
  $ medbench judge --client replay
  $ medbench judge --base-url http://127.0.0.1:8000/v1 --dry-run
  $ medbench judge --base-url https://judge.example/v1 --price-in 0.4 --price-out 1.2 --budget 20
  $ medbench judge --judge qwen=Qwen2.5-72B-Instruct@http://127.0.0.1:8000/v1 med=med-judge@http://127.0.0.1:8001/v1`,
    )
    .action(async (flags: JudgeFlags) => {
      const { checkNames } = await import("../judging/require-answered.js");
      const { workspace, rubric: rubrics, run: runs, dataset: datasets } = flags;
      await checkNames(workspace, { rubrics, runs, datasets }, "judge");
      const judges = await judgesOf(flags);
      const { runPanel } = await import("../stages/judge/panel-run.js");
      await runPanel(judges, optionsOf(flags), (outcome) => {
        process.stdout.write(flags.json ? `${JSON.stringify(outcome)}\n` : describe(outcome, flags));
      });
      if (flags.json) return;
      process.stdout.write(flags.dryRun ? dryRunNext(flags) : await nextLines(flags, "judge"));
    });
}

async function judgesOf(flags: JudgeFlags): Promise<readonly PanelJudge[]> {
  const members = await panelOf(flags);
  const offline = offlineSource(flags, members?.length ?? flags.model.length);
  if (members === null) {
    const source = offline ?? (await serverSource(flags));
    return flags.model.map((model) => ({ name: model, model, source }));
  }
  const [{ keyOf }, { openAiJudge }] = await Promise.all([
    import("../judging/panel.js"),
    import("../judging/openai-judge.js"),
  ]);
  return members.map((member) => {
    const { name, model, baseUrl, keyFrom, concurrency } = member;
    const format = member.format === "auto" ? flags.format : member.format;
    // Keys are looked up before the first judge is asked: a missing one should not show after hours.
    const apiKey = offline === null ? keyOf(member, { isRequired: flags.judges !== undefined }) : "";
    const open = async () =>
      openAiJudge({
        ...{ model, name, baseUrl, apiKey, format, timeoutMs: flags.timeoutS * 1000 },
        ...(keyFrom === undefined ? {} : { keyFrom }),
      });
    const prices = pricesOf(member);
    return {
      name,
      model,
      source: offline ?? { kind: "online", open },
      limits: { ...limitsOf(flags), ...limitsOf(member) },
      ...(concurrency === undefined ? {} : { concurrency }),
      ...(prices === undefined ? {} : { prices }),
    };
  });
}

async function panelOf({ judge, judges, client, baseUrl }: JudgeFlags): Promise<PanelMember[] | null> {
  if (judge === undefined && judges === undefined) return null;
  if (client === "replay" || baseUrl !== undefined) {
    throw new InputError(
      `judge: ${judge === undefined ? "--judges" : "--judge"} names servers of its own and does not go with ${client === "replay" ? "--client replay" : "--base-url"}`,
      { hint: "Leave one of them out." },
    );
  }
  const { checkNames, panelMember, readPanel } = await import("../judging/panel.js");
  const members = [
    ...(judge ?? []).map(panelMember),
    ...(judges === undefined ? [] : await readPanel(judges)),
  ];
  checkNames(members);
  return members;
}

/** What is done instead of asking a server; null where one is asked. */
function offlineSource(flags: JudgeFlags, nJudges: number): JudgeSource | null {
  const { client, batchOut, batchIn, dryRun, format } = flags;
  const asked = [
    client === "replay" && "--client replay",
    dryRun && "--dry-run",
    batchOut && "--batch-out",
    batchIn && "--batch-in",
  ].filter(Boolean);
  if (asked.length > 1) {
    throw new InputError(`judge: ${asked.join(" and ")} do not go together`, { hint: "Choose one of them." });
  }
  if ((batchOut ?? batchIn) !== undefined && nJudges > 1) {
    throw new InputError("judge: a batch file is of one judge", {
      hint: "Give one --model or --judge a call.",
    });
  }
  if (dryRun) return { kind: "dry_run" };
  if (batchOut !== undefined)
    return { kind: "batch_out", file: batchOut, format: format === "auto" ? "json_schema" : format };
  if (batchIn !== undefined) return { kind: "batch_in", files: batchIn };
  return client === "replay" ? { kind: "replay" } : null;
}

async function serverSource({ baseUrl: given, format, timeoutS }: JudgeFlags): Promise<JudgeSource> {
  const baseUrl = baseUrlOf(
    "judge",
    given,
    "Give --base-url URL; without a server try `medbench judge --client replay`, or `medbench judge-server --stub`.",
  );
  const { defaultKeyFrom, openAiJudge } = await import("../judging/openai-judge.js");
  // Servers on one's own machine usually want no key, but the client library wants one.
  const apiKey = process.env[defaultKeyFrom] ?? "none";
  return {
    kind: "online",
    open: async (model) => openAiJudge({ model, baseUrl, apiKey, format, timeoutMs: timeoutS * 1000 }),
  };
}

function optionsOf(flags: JudgeFlags): PanelOptions {
  const { workspace, repeats, shufflePoints, maxTokens, rubric, run, dataset } = flags;
  return {
    workspace,
    repeats,
    ...askingOf(flags),
    ...(shufflePoints === undefined ? {} : { shufflePoints }),
    ...(maxTokens === undefined ? {} : { maxTokens }),
    ...(rubric === undefined ? {} : { rubrics: rubric }),
    ...(run === undefined ? {} : { runs: run }),
    ...(dataset === undefined ? {} : { datasets: dataset }),
  };
}

/** Nothing was asked, so the state of the workspace has not changed. */
function dryRunNext({ baseUrl, judge, judges }: JudgeFlags): string {
  if (isQuiet()) return "";
  const isNamed = baseUrl !== undefined || judge !== undefined || judges !== undefined;
  return `\nNext: ${isNamed ? "the same command without --dry-run asks the judge." : "give --base-url URL instead of --dry-run to ask a judge."}\n`;
}

function describe({ judge, work, stage }: JudgeOutcome, { run, dataset }: JudgeFlags): string {
  const names: Readonly<Record<string, string>> = {
    distinct: "requests, equal ones once",
    known: "answered before",
    rows: "verdicts in the table",
    // The table has the verdicts on everything, whatever this run was limited to.
    awaiting:
      run === undefined && dataset === undefined ? "awaiting" : "awaiting, with all other runs and datasets",
  };
  const said = Object.entries({ ...work, ...stage?.counts })
    .filter(
      ([name, value]) =>
        name !== "judge" && value !== 0 && value !== null && !(Array.isArray(value) && value.length === 0),
    )
    .map(([name, value]) => {
      const label =
        names[name] ?? name.replaceAll("_", " ").replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
      return `  ${label}: ${shown(value)}`;
    });
  return `judge ${judge}${stage?.skipped ? " (verdicts unchanged)" : ""}\n${said.join("\n")}\n`;
}

function shown(value: unknown): string {
  if (typeof value === "number" && !Number.isInteger(value)) return value.toFixed(4);
  if (Array.isArray(value)) return value.join(", ");
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
