import { createProgram } from "../../../pipelines/commands/program.js";
import { reportError } from "../../../pipelines/terminal/report-error.js";

export interface CommandRun {
  readonly args: readonly string[];
  readonly folder: string;
  readonly env?: Readonly<Record<string, string>>;
}

export interface CommandResult {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

let queue: Promise<unknown> = Promise.resolve();

/** Runs a medbench command in this process as the command line would, one at a time: it changes the folder and the streams. */
export function runMedbench(run: CommandRun): Promise<CommandResult> {
  const result = queue.then(() => runNow(run));
  queue = result.catch(() => {});
  return result;
}

async function runNow({ args, folder, env = {} }: CommandRun): Promise<CommandResult> {
  const before = { folder: process.cwd(), exitCode: process.exitCode, env: { ...process.env } };
  const written = { out: "", err: "" };
  const restore = [
    capture(process.stdout, (text) => (written.out += text)),
    capture(process.stderr, (text) => (written.err += text)),
  ];
  Object.assign(process.env, env);
  process.exitCode = undefined;
  process.chdir(folder);
  let code = 0;
  try {
    await createProgram().parseAsync([...args], { from: "user" });
    code = Number(process.exitCode ?? 0);
  } catch (error) {
    code = reportError(error);
  } finally {
    for (const undo of restore) undo();
    process.chdir(before.folder);
    process.exitCode = before.exitCode;
    for (const name of Object.keys(env)) {
      if (before.env[name] === undefined) delete process.env[name];
      else process.env[name] = before.env[name];
    }
  }
  return { code, ...written };
}

function capture(stream: NodeJS.WriteStream, take: (text: string) => void): () => void {
  const write = stream.write;
  stream.write = ((data: string | Uint8Array, ...rest: unknown[]) => {
    take(typeof data === "string" ? data : Buffer.from(data).toString("utf8"));
    const done = rest.find((argument) => typeof argument === "function") as (() => void) | undefined;
    done?.();
    return true;
  }) as typeof stream.write;
  return () => {
    stream.write = write;
  };
}
