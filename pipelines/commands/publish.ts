import type { Command } from "commander";
import { InputError } from "../../src/lib/errors.js";
import { nextLines, nextOf } from "./next.js";

interface PublishCommandOptions {
  readonly workspace: string;
  readonly out: string;
  readonly force?: true;
  readonly serve?: string | true;
  readonly json?: true;
}

const defaultPort = 3000;

export function registerPublish(program: Command): void {
  program
    .command("publish")
    .summary("build the report as a folder of web pages")
    .description("Build the public report from the release, as a folder of static files.")
    .option("--workspace <dir>", "folder of the tables and results", "data")
    .option("--out <dir>", "folder for the report; replaced completely", "dist")
    .option("--force", "build even if nothing has changed")
    .option("--serve [port]", `then serve the report on this machine (default port: ${defaultPort})`)
    .option("--json", "print the result as JSON")
    .addHelpText("after", "\nExample:\n  $ medbench publish --out dist --serve 8080")
    .action(async (options: PublishCommandOptions) => {
      const port = options.serve === undefined ? null : portOf(options.serve);
      const [{ publishSite }, { serveSite }] = await Promise.all([
        import("../stages/publish/publish.js"),
        import("../stages/publish/server.js"),
      ]);
      const { workspace, out, force = false, json } = options;
      const outcome = await publishSite({ workspace, out, force });
      process.stdout.write(
        json
          ? `${JSON.stringify({ ...outcome, out, next: await nextOf(options, "publish") })}\n`
          : `publish: ${outcome.skipped ? "unchanged" : "built"}, ${outcome.counts["pages"]} pages in ${out}\n${port === null ? await nextLines(options, "publish") : ""}`,
      );
      if (port === null) return;
      const server = await serveSite(out, port);
      process.stderr.write(`publish: ${server.url} (press Ctrl+C to stop)\n`);
      await new Promise<void>((done) => {
        for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => done());
      });
      await server.close();
    });
}

function portOf(given: string | true): number {
  const port = given === true ? defaultPort : Number(given);
  if (!Number.isInteger(port) || port < 0 || port > 65535) {
    throw new InputError(`publish: --serve takes a port from 0 to 65535; got ${JSON.stringify(given)}`, {
      hint: "Example: --serve 8080",
    });
  }
  return port;
}
