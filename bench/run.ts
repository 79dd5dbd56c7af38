/**
 * `npm run bench [name...]`: runs every module of this folder that exports `<name>Bench` and prints each cost as a ratio
 * to a bare version of the same work, measured in the same process. Exit code 1 if a ratio is over its limit.
 */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { runScript, scriptCommand } from "../pipelines/terminal/run-script.js";
import { formatTable } from "../pipelines/terminal/table.js";
import { CheckError, InputError } from "../src/lib/errors.js";

/** One measured cost. */
export interface BenchResult {
  readonly name: string;
  /** Cost in `unit`; a ratio to the bare work if the unit is `x`. */
  readonly ratio: number;
  /** Largest allowed ratio. */
  readonly limit: number;
  readonly unit: string;
}

export type Bench = () => Promise<readonly BenchResult[]>;

const folder = import.meta.dirname;
const notBenches = ["run.ts", "coverage.ts"];

/** Benchmarks of a folder by name; a module without one is a mistake that would hide a limit. */
export async function findBenches(from: string = folder): Promise<Map<string, Bench>> {
  const benches = new Map<string, Bench>();
  for (const file of readdirSync(from).sort()) {
    if (!file.endsWith(".ts") || notBenches.includes(file)) continue;
    const module = (await import(pathToFileURL(join(from, file)).href)) as Record<string, unknown>;
    const found = Object.entries(module).filter(
      ([name, value]) => name.endsWith("Bench") && typeof value === "function",
    );
    if (found.length === 0) {
      throw new InputError(`bench/${file}: no export named <name>Bench`, {
        hint: "Export `async function <name>Bench(): Promise<BenchResult[]>`, or move shared code to a folder below bench.",
      });
    }
    for (const [name, bench] of found) benches.set(name.slice(0, -"Bench".length), bench as Bench);
  }
  return benches;
}

/** True unless the cost is over its limit; a cost of NaN counts as over. */
export function isWithin({ ratio, limit }: BenchResult): boolean {
  return ratio <= limit;
}

await runScript(import.meta.url, async () => {
  const command = scriptCommand(
    "bench",
    "Measure costs as ratios to bare work and compare them with their limits.",
  )
    .argument("[names...]", "benches to run (default: all)")
    .option("--list", "print the names")
    .option("--json", "print the results as JSON")
    .parse();
  const values = command.opts<{ list?: true; json?: true }>();
  const positionals = command.args;
  const benches = await findBenches();
  if (values.list) {
    process.stdout.write([...benches.keys(), ""].join("\n"));
    return;
  }
  const unknown = positionals.filter((name) => !benches.has(name));
  if (unknown.length > 0) {
    throw new InputError(`bench: unknown name ${unknown.join(", ")}`, {
      hint: `Known: ${[...benches.keys()].join(", ")}.`,
    });
  }
  const results: BenchResult[] = [];
  for (const [name, bench] of benches) {
    if (positionals.length > 0 && !positionals.includes(name)) continue;
    process.stderr.write(`bench ${name}\n`);
    results.push(...(await bench()));
  }
  process.stdout.write(values.json ? `${JSON.stringify(results, null, 1)}\n` : `${formatResults(results)}\n`);
  const over = results.filter((result) => !isWithin(result));
  if (over.length > 0) {
    throw new CheckError(
      `bench: ${over.length} of ${results.length} over the limit: ${over.map(({ name }) => name).join("; ")}`,
      {
        hint: "If the machine was busy, run it again on its own first.",
      },
    );
  }
});

function formatResults(results: readonly BenchResult[]): string {
  return formatTable(
    results.map((result) => ({
      measure: result.name,
      cost: result.ratio,
      limit: result.limit,
      unit: result.unit,
      verdict: isWithin(result) ? "within" : "OVER",
    })),
  );
}
