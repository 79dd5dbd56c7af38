/**
 * `npm run simulate:coverage`: how often the library's intervals contain a known truth, and that naive ones do not.
 * `--share 0.1` does a tenth of the runs. Exit code 1 if a sound interval is outside its range or a naive one covers.
 */
import { integer, share } from "../pipelines/terminal/arguments.js";
import { runScript, scriptCommand } from "../pipelines/terminal/run-script.js";
import { formatTable } from "../pipelines/terminal/table.js";
import { CheckError } from "../src/lib/errors.js";
import { isAsExpected } from "./simulations/coverage-result.js";
import { scenarios } from "./simulations/index.js";

await runScript(import.meta.url, async () => {
  const values = scriptCommand(
    "simulate:coverage",
    "Measure how often intervals contain a known truth, and check that naive ones do not.",
  )
    .option("--share <share>", "share of the runs to do", share({ zero: false }), 1)
    .option("--seed <n>", "seed of the simulations", integer, 1)
    .option("--json", "print the results as JSON")
    .parse()
    .opts<{ share: number; seed: number; json?: true }>();
  const results = scenarios.flatMap(({ scenario, fullRuns }) => {
    const found = scenario(Math.ceil(values.share * fullRuns), values.seed);
    process.stderr.write(`${found[0]?.scenario}\n`);
    return found;
  });
  const rows = results.map((result) => ({
    scenario: result.scenario,
    method: result.method,
    coverage: Math.round(result.coverage * 1e4) / 1e4,
    wanted: `${result.lowest}-${result.highest}`,
    runs: result.runs,
    verdict: isAsExpected(result) ? "as expected" : "NOT AS EXPECTED",
  }));
  process.stdout.write(values.json ? `${JSON.stringify(results, null, 1)}\n` : `${formatTable(rows)}\n`);
  const off = results.filter((result) => !isAsExpected(result));
  if (off.length > 0) {
    throw new CheckError(
      `coverage: ${off.length} of ${results.length} not as expected: ${off.map(({ scenario, method }) => `${scenario}, ${method}`).join("; ")}`,
      { hint: "With a small --share, noise alone can cause this: repeat with all runs." },
    );
  }
});
