import { type Command, Option } from "commander";
import { InputError } from "../../src/lib/errors.js";
import type { BudgetLimits, Prices } from "../judge/budget.js";
import type { VerdictFormat } from "../judge/chat-body.js";
import type { JudgeOptions, JudgeOutcome, JudgeSource } from "../judge.js";
import { wholeNumber } from "../terminal/arguments.js";

interface JudgeFlags {
  readonly workspace: string;
  readonly client: "openai" | "replay";
  readonly model: readonly string[];
  readonly baseUrl?: string;
  readonly rubric?: readonly string[];
  readonly repeats: number;
  readonly concurrency: number;
  readonly requestsPerMinute?: number;
  readonly tokensPerMinute?: number;
  readonly priceIn?: number;
  readonly priceOut?: number;
  readonly budget?: number;
  readonly maxRequests?: number;
  readonly maxTokens?: number;
  readonly timeoutS: number;
  readonly format: VerdictFormat | "auto";
  readonly run?: readonly string[];
  readonly dataset?: readonly string[];
  readonly dryRun?: true;
  readonly batchOut?: string;
  readonly batchIn?: string;
  readonly json?: true;
}

export function registerJudge(program: Command): void {
  program
    .command("judge")
    .description(
      "Ask a judge model about every answer whose metric rests on one. Resumes where it was stopped.",
    )
    .option("--workspace <dir>", "workspace", "data")
    .addOption(
      new Option("--client <client>", "where replies come from: a server, or verdicts recorded at ingest")
        .choices(["openai", "replay"])
        .default("openai"),
    )
    .option("--model <name...>", "judge model; several make a panel", ["Qwen2.5-72B-Instruct"])
    .option("--base-url <url>", "server that speaks OpenAI's API (or MEDBENCH_JUDGE_BASE_URL)")
    .option("--rubric <id...>", "rubrics for all judged datasets (default: each dataset's own)")
    .option("--repeats <n>", "verdicts per answer", wholeNumber("--repeats", 1), 1)
    .option("--concurrency <n>", "requests in flight", wholeNumber("--concurrency", 1), 8)
    .option("--requests-per-minute <n>", "pace of requests", wholeNumber("--requests-per-minute", 1))
    .option("--tokens-per-minute <n>", "pace of tokens", wholeNumber("--tokens-per-minute", 1))
    .option("--price-in <usd>", "US dollars per million prompt tokens", amount("--price-in"))
    .option("--price-out <usd>", "US dollars per million generated tokens", amount("--price-out"))
    .option("--budget <usd>", "stop before this is exceeded, earlier runs included", amount("--budget"))
    .option("--max-requests <n>", "stop before more requests than this", wholeNumber("--max-requests"))
    .option("--max-tokens <n>", "most tokens of a reply (default: by rubric)", wholeNumber("--max-tokens", 1))
    .option("--timeout-s <s>", "seconds to wait for a reply", wholeNumber("--timeout-s", 1), 120)
    .addOption(
      new Option("--format <format>", "how the form of the verdict is asked for")
        .choices(["auto", "json_schema", "json_object", "text"])
        .default("auto"),
    )
    .option("--run <id...>", "only these runs")
    .option("--dataset <id...>", "only these datasets")
    .option("--dry-run", "count requests and tokens, ask nothing")
    .option("--batch-out <file>", "write what is to ask as an OpenAI Batch file, ask nothing")
    .option("--batch-in <file>", "take the output file of such a batch")
    .option("--json", "print the outcome as JSON")
    .addHelpText(
      "after",
      `
The key of the server is read from MEDBENCH_JUDGE_API_KEY; it is sent to --base-url only, never logged or stored.

Examples:
  $ medbench judge --client replay
  $ medbench judge --base-url http://127.0.0.1:8000/v1 --dry-run
  $ medbench judge --base-url https://judge.example/v1 --price-in 0.4 --price-out 1.2 --budget 20
`,
    )
    .action(async (flags: JudgeFlags) => {
      const source = await sourceOf(flags);
      const { runJudge } = await import("../judge.js");
      for (const model of flags.model) {
        const outcome = await runJudge({ ...optionsOf(flags), model, source });
        process.stdout.write(flags.json ? `${JSON.stringify(outcome)}\n` : describe(outcome));
      }
    });
}

async function sourceOf(flags: JudgeFlags): Promise<JudgeSource> {
  const { client, batchOut, batchIn, dryRun, format, timeoutS, model } = flags;
  const asked = [dryRun && "--dry-run", batchOut && "--batch-out", batchIn && "--batch-in"].filter(Boolean);
  if (asked.length > 1 || (client === "replay" && asked.length > 0)) {
    throw new InputError(
      `judge: ${[client === "replay" && "--client replay", ...asked].filter(Boolean).join(" and ")} do not go together`,
      {
        hint: "Choose one of them.",
      },
    );
  }
  if ((batchOut ?? batchIn) !== undefined && model.length > 1) {
    throw new InputError("judge: a batch file is of one model", { hint: "Give one --model a call." });
  }
  if (dryRun) return { kind: "dry_run" };
  if (batchOut !== undefined)
    return { kind: "batch_out", file: batchOut, format: format === "auto" ? "json_schema" : format };
  if (batchIn !== undefined) return { kind: "batch_in", file: batchIn };
  if (client === "replay") return { kind: "replay" };
  const baseUrl = flags.baseUrl ?? process.env["MEDBENCH_JUDGE_BASE_URL"];
  if (baseUrl === undefined) {
    throw new InputError("judge: no server given", {
      hint: "Give --base-url URL; without a server try `medbench judge --client replay`, or `medbench judge-server --stub`.",
    });
  }
  const { openAiJudge } = await import("../judge/openai-judge.js");
  // Servers on one's own machine usually want no key, but the client library wants one.
  const apiKey = process.env["MEDBENCH_JUDGE_API_KEY"] ?? "none";
  return {
    kind: "online",
    open: async (name) => openAiJudge({ model: name, baseUrl, apiKey, format, timeoutMs: timeoutS * 1000 }),
  };
}

function optionsOf(flags: JudgeFlags): Omit<JudgeOptions, "model" | "source"> {
  const { workspace, repeats, concurrency, maxTokens, rubric, run, dataset } = flags;
  const { requestsPerMinute, tokensPerMinute, budget, maxRequests, priceIn, priceOut } = flags;
  const limits = {
    ...(requestsPerMinute && { requestsPerMinute }),
    ...(tokensPerMinute && { tokensPerMinute }),
  };
  const spending: BudgetLimits = {
    ...(budget === undefined ? {} : { usd: budget }),
    ...(maxRequests === undefined ? {} : { requests: maxRequests }),
  };
  const prices: Prices = { promptUsdPerMillion: priceIn ?? 0, completionUsdPerMillion: priceOut ?? 0 };
  return {
    workspace,
    repeats,
    concurrency,
    limits,
    budget: spending,
    prices,
    ...(maxTokens === undefined ? {} : { maxTokens }),
    ...(rubric === undefined ? {} : { rubrics: rubric }),
    ...(run === undefined ? {} : { runs: run }),
    ...(dataset === undefined ? {} : { datasets: dataset }),
  };
}

function amount(option: string): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (Number.isFinite(value) && value >= 0 && text.trim() !== "") return value;
    throw new InputError(
      `${option} is ${JSON.stringify(text)}, expected an amount in US dollars such as 0.4`,
    );
  };
}

function describe({ judge, work, stage }: JudgeOutcome): string {
  const said = Object.entries({ ...work, ...stage?.counts })
    .filter(([name, value]) => name !== "judge" && value !== 0 && value !== null)
    .map(([name, value]) => {
      const label = name.replaceAll("_", " ").replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
      return `  ${label}: ${shown(value)}`;
    });
  return `judge ${judge}${stage?.skipped ? " (verdicts unchanged)" : ""}\n${said.join("\n")}\n`;
}

function shown(value: unknown): string {
  if (typeof value === "number" && !Number.isInteger(value)) return value.toFixed(4);
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
