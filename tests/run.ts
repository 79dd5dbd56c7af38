/**
 * `npm test`: lint, types, spelling and the quick tests. `npm run test:all` (this script with `--all`): those, unused code, and the
 * tests in `*.long.test.ts`. Output streams through; the last line of stdout is `N passed, N failed`, where each check
 * before the tests counts as one. Arguments after `--` choose test files: `npm test -- tests/lib/stats`.
 */
import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { hasLoopback } from "./loopback.js";
import type { Tally } from "./tally-reporter.js";

const root = resolve(import.meta.dirname, "..");
const node = process.execPath;

interface Check {
  readonly name: string;
  /** Path in node_modules. */
  readonly program: string;
  readonly args: readonly string[];
  /** Left out of `npm test`. */
  readonly onlyInAll?: true;
}

const checks: readonly Check[] = [
  { name: "lint", program: "@biomejs/biome/bin/biome", args: ["ci", "."] },
  { name: "types", program: "typescript/bin/tsc", args: [] },
  {
    name: "spelling",
    program: "cspell/bin.mjs",
    args: ["lint", "--no-progress", "--cache", "--cache-location", "node_modules/.cache/cspell", "."],
  },
  { name: "unused code", program: "knip/bin/knip.js", args: [], onlyInAll: true },
];

const isAll = process.argv.includes("--all");
const filters = process.argv.slice(2).filter((argument) => argument !== "--all");

const emptyTally = JSON.stringify({ passed: 0, failed: 0, skipped: [] } satisfies Tally);
const counts = { passed: 0, failed: 0 };
for (const passed of await runChecks()) counts[passed ? "passed" : "failed"]++;
const tests = await runTests();
counts.passed += tests.passed;
counts.failed += tests.failed;

if (tests.skipped.length > 0) {
  console.log(`\n${tests.skipped.length} skipped`);
  for (const { test, reason } of tests.skipped) console.log(`  ${test}${reason === "" ? "" : `: ${reason}`}`);
}
console.log(`\n${counts.passed} passed, ${counts.failed} failed`);
process.exitCode = counts.failed > 0 ? 1 : 0;

/** Runs the checks at the same time and prints the output of each in one piece. */
function runChecks(): Promise<boolean[]> {
  return Promise.all(
    checks
      .filter(({ onlyInAll }) => isAll || !onlyInAll)
      .map(async ({ name, program, args }) => {
        const output: Buffer[] = [];
        const passed = await run(name, program, args, { collect: (piece) => output.push(piece) });
        console.log(`\n== ${name}: ${passed ? "passed" : "failed"} ==`);
        process.stdout.write(Buffer.concat(output));
        return passed;
      }),
  );
}

async function runTests(): Promise<Tally> {
  if (!(await hasLoopback())) {
    console.error(
      "tests: 127.0.0.1 cannot be reached, and tests start servers there. Bring it up: ip link set lo up",
    );
    return { passed: 0, failed: 1, skipped: [] };
  }
  const folder = await mkdtemp(join(tmpdir(), "medbench-tests-"));
  const file = join(folder, "tally.json");
  try {
    const args = ["run", "--reporter=default", "--reporter=./tests/tally-reporter.ts"];
    if (!isAll) args.push("--exclude=**/*.long.test.ts");
    args.push(...filters);
    console.log("\n== tests ==");
    const ended = await run("tests", "vitest/vitest.mjs", args, { env: { MEDBENCH_TALLY: file } });
    const tally = JSON.parse(await readFile(file, "utf8").catch(() => emptyTally)) as Tally;
    // A run that ends badly without a failed test (no test found, a crash of the runner) is a failure all the same.
    return ended || tally.failed > 0 ? tally : { ...tally, failed: 1 };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

interface RunOptions {
  /** Environment variables to add. */
  readonly env?: Readonly<Record<string, string>>;
  /** Takes the output piece by piece; without it the output streams through. */
  readonly collect?: (piece: Buffer) => void;
}

/** True if the program ended with exit code 0. */
function run(
  name: string,
  program: string,
  args: readonly string[],
  { env = {}, collect }: RunOptions = {},
): Promise<boolean> {
  return new Promise((ended) => {
    const child = spawn(node, [join(root, "node_modules", program), ...args], {
      cwd: root,
      stdio: collect === undefined ? "inherit" : ["ignore", "pipe", "pipe"],
      env: { ...process.env, ...env },
    });
    if (collect !== undefined) {
      child.stdout?.on("data", collect);
      child.stderr?.on("data", collect);
    }
    child.on("error", (error) => {
      console.error(`${name} did not start: ${error.message}`);
      ended(false);
    });
    child.on("close", (code) => ended(code === 0));
  });
}
