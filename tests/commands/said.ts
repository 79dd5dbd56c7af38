import { vi } from "vitest";
import { createProgram } from "../../pipelines/commands/program.js";
import { reportError } from "../../pipelines/terminal/report-error.js";

/** What a command line prints on both streams, and its exit code. */
export async function said(...words: readonly string[]) {
  const printed = { out: "", problems: "" };
  vi.spyOn(process.stdout, "write").mockImplementation((text) => {
    printed.out += text;
    return true;
  });
  vi.spyOn(process.stderr, "write").mockImplementation((text) => {
    printed.problems += text;
    return true;
  });
  const error: unknown = await createProgram({ errorsAsJson: words.includes("--json") })
    .parseAsync(words, { from: "user" })
    .then(
      () => null,
      (caught: unknown) => caught,
    );
  const exitCode = error === null ? 0 : reportError(error, { asJson: words.includes("--json") });
  vi.restoreAllMocks();
  // Quiet is kept in the environment, for what runs deep inside a command.
  delete process.env["MEDBENCH_QUIET"];
  return { ...printed, exitCode };
}
