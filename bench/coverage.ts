/**
 * `npm run simulate:coverage`: how often the intervals of the library hold a known truth, and that naive ones do not.
 * Options: `--share 0.1` for a tenth of the runs, `--seed N`, `--json` for machines. Exit code 1 if a sound interval
 * leaves its range or a naive one covers.
 */
import { parseArgs } from "node:util";
import { runScript } from "../pipelines/terminal/run-script.js";
import { formatTable } from "../pipelines/terminal/table.js";
import { CheckError, InputError } from "../src/lib/errors.js";
import { isAsExpected } from "./simulations/coverage-result.js";
import { scenarios } from "./simulations/index.js";

await runScript(import.meta.url, async () => {
  const { values } = parseArgs({
    options: { share: { type: "string" }, seed: { type: "string" }, json: { type: "boolean" } },
  });
  const share = Number(values.share ?? 1);
  const seed = Number(values.seed ?? 1);
  if (!(share > 0 && share <= 1) || !Number.isInteger(seed)) {
    throw new InputError(
      `coverage: --share must lie in (0, 1] and --seed be an integer; got ${share} and ${seed}`,
    );
  }
  const results = scenarios.flatMap(({ scenario, fullRuns }) => {
    const found = scenario(Math.ceil(share * fullRuns), seed);
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
      { hint: "With a small --share the noise alone can do this: repeat with all runs." },
    );
  }
});
