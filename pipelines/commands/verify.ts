import type { Command } from "commander";
import { CheckError } from "../../src/lib/errors.js";
import { nextLines } from "./next.js";

export function registerVerify(program: Command): void {
  program
    .command("verify")
    .summary("check files, tables and the rules between them")
    .description(
      "Check that a workspace is intact: no file was changed, every table fits its definition, and the tables agree with each other.",
    )
    .option("--workspace <dir>", "folder of the tables and results", "data")
    .option("--json", "print every check as JSON")
    .addHelpText("after", "\nExample:\n  $ medbench verify --json")
    .action(async ({ workspace, json }: { workspace: string; json?: true }) => {
      const { verifyWorkspace } = await import("../tools/verify.js");
      const verification = await verifyWorkspace(workspace);
      const failed = verification.checks.filter(({ ok }) => !ok);
      if (json) process.stdout.write(`${JSON.stringify(verification, null, 1)}\n`);
      else {
        for (const { check, ok, detail } of verification.checks)
          process.stdout.write(`${ok ? "ok    " : "FAILED"}  ${check}: ${detail}\n`);
      }
      if (failed.length === 0 && !json) process.stdout.write(await nextLines({ workspace }, "verify"));
      if (failed.length > 0)
        throw new CheckError(`verify: ${failed.length} of ${verification.checks.length} checks failed`, {
          hint: "Run `medbench run --force` to rebuild from the sources.",
        });
    });
}
