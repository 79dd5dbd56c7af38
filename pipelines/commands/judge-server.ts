import { readFile } from "node:fs/promises";
import { type Command, Option } from "commander";
import { InputError } from "../../src/lib/errors.js";
import { wholeNumber } from "../terminal/arguments.js";

interface ServerFlags {
  readonly stub?: true;
  readonly port: number;
  readonly latencyMs?: number;
  readonly script?: string;
}

export function registerJudgeServer(program: Command): void {
  program
    .command("judge-server")
    .summary("start a local stand-in for a judge model, for trials")
    .description(
      "Start a local server with an OpenAI-compatible API that acts as a judge, for trials and tests.",
    )
    .addOption(
      new Option("--stub", "verdicts from the hash of the prompt, or scripted; without medical knowledge"),
    )
    .option("--port <n>", "port on this machine; 0 picks a free one", wholeNumber(0, 65_535), 8089)
    .option("--latency-ms <n>", "delay before each reply", wholeNumber())
    .option("--script <file>", "YAML or JSON: latency, errors, timeouts, malformed replies, verdicts")
    .addHelpText("after", "\nExample:\n  $ medbench judge-server --stub --port 8089 --latency-ms 50")
    .action(async (flags: ServerFlags) => {
      if (!flags.stub) {
        throw new InputError("judge-server: only the stub judge is available", {
          hint: "Add --stub. To serve a real model use an inference server, and give its address to `medbench judge`.",
        });
      }
      const [{ startStubJudge }, script] = await Promise.all([
        import("../judging/stub-judge.js"),
        readScript(flags.script),
      ]);
      const latency = flags.latencyMs === undefined ? {} : { latencyMs: flags.latencyMs };
      const server = await startStubJudge({ ...script, ...latency }, { port: flags.port });
      process.stdout.write(`${server.url}\n`);
      process.stderr.write(
        `judge-server: try  medbench judge --base-url ${server.url} --model stub  (Ctrl-C ends the server)\n`,
      );
    });
}

async function readScript(file: string | undefined) {
  if (file === undefined) return {};
  const [{ parse }, { stubJudgeScriptSchema }, text] = await Promise.all([
    import("yaml"),
    import("../judging/stub-judge.js"),
    readFile(file, "utf8").catch((cause) => {
      throw new InputError(`--script ${file} cannot be read`, { hint: "Check the path.", cause });
    }),
  ]);
  const parsed = stubJudgeScriptSchema.safeParse(parse(text));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new InputError(`--script ${file}: ${issue?.path.join(".") || "the file"}: ${issue?.message}`, {
    hint: "docs/judge.md lists what a script may say.",
  });
}
