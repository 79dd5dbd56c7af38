import { spawn } from "node:child_process";
import { chmod, mkdir, mkdtemp, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { delimiter, join, resolve } from "node:path";
import { type CommandResult, runMedbench } from "./run-medbench.js";

export interface Shell {
  /** Runs the lines of a block; a command that fails ends it. */
  readonly run: (code: string) => Promise<CommandResult>;
  readonly close: () => Promise<void>;
}

const client = join(import.meta.dirname, "medbench-client.mjs");

/**
 * A real bash in a folder, in which `medbench` and `npx medbench` run in the process of the test: starting the command line
 * for each documented command would take most of the time. `npm` and other programs of `npx` are refused.
 */
export async function openShell(folder: string): Promise<Shell> {
  const private_ = await mkdtemp(join(tmpdir(), "medbench-docs-shell-"));
  const programs = join(private_, "bin");
  await mkdir(programs);
  const script = async (name: string, text: string) => {
    await writeFile(join(programs, name), `#!/usr/bin/env bash\n${text}\n`);
    await chmod(join(programs, name), 0o755);
  };
  await script("medbench", `exec ${JSON.stringify(process.execPath)} ${JSON.stringify(client)} "$@"`);
  await script(
    "npx",
    '[ "$1" = medbench ] && { shift; exec medbench "$@"; }; echo "npx $1 is not run by the tests of the documentation" >&2; exit 127',
  );
  await script("npm", 'echo "npm is not run by the tests of the documentation" >&2; exit 127');
  const socket = join(private_, "socket");
  const server = createServer({ allowHalfOpen: true }, (connection) => {
    let request = "";
    connection.setEncoding("utf8").on("data", (text: string) => {
      request += text;
    });
    connection.on("end", async () => connection.end(JSON.stringify(await runMedbench(JSON.parse(request)))));
  });
  await new Promise<void>((ready, fail) => server.once("error", fail).listen(socket, ready));
  const env = {
    ...process.env,
    PATH: [programs, process.env["PATH"] ?? ""].join(delimiter),
    DOCS_MEDBENCH_SOCKET: socket,
    DOCS_MEDBENCH_PROGRAM: resolve(import.meta.dirname, "..", "..", "..", "bin", "medbench.js"),
    HOME: private_,
  };
  return {
    run: (code) =>
      new Promise((ended, fail) => {
        const bash = spawn("bash", ["--noprofile", "--norc", "-e", "-o", "pipefail", "-c", code], {
          cwd: folder,
          env,
          stdio: ["ignore", "pipe", "pipe"],
        });
        let [out, err] = ["", ""];
        bash.stdout.setEncoding("utf8").on("data", (text: string) => {
          out += text;
        });
        bash.stderr.setEncoding("utf8").on("data", (text: string) => {
          err += text;
        });
        bash.on("error", fail).on("close", (status) => ended({ code: status ?? 1, out, err }));
      }),
    close: () => new Promise((closed) => server.close(() => closed())),
  };
}
