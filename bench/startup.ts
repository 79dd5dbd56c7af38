import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { compiledProgram } from "../bin/compiled.js";
import { runIngest } from "../pipelines/stages/ingest/ingest.js";
import { buildProgram } from "../pipelines/tools/compile/program.js";
import { packageRoot } from "../pipelines/warehouse/package-root.js";
import { CheckError } from "../src/lib/errors.js";
import type { BenchResult } from "./run.js";

const runs = 10;

/**
 * Processor time of whole processes, means of ten runs in turn: `medbench --help`, and `medbench sql` on a small workspace
 * compared with a bare script that opens DuckDB and runs the same query.
 */
export async function startupBench(): Promise<BenchResult[]> {
  if ("reason" in compiledProgram(packageRoot)) await buildProgram();
  const folder = await mkdtemp(join(tmpdir(), "medbench-bench-"));
  try {
    const workspace = join(folder, "workspace");
    const example = join(packageRoot, "examples", "mapping");
    await runIngest({ workspace, sources: [{ path: example, mapping: join(example, "mapping.yaml") }] });
    const bare = join(folder, "bare.mjs");
    await writeFile(bare, bareScript);
    const medbench = join(packageRoot, "bin", "medbench.js");
    const commands = {
      bare: [bare],
      help: [medbench, "--help"],
      sql: [medbench, "sql", query, "--workspace", workspace],
    };
    const seconds = { bare: 0, help: 0, sql: 0 };
    for (let run = 0; run < runs; run++) {
      for (const name of Object.keys(commands) as (keyof typeof commands)[])
        seconds[name] += (await processorTime(commands[name])) / runs;
    }
    return [
      { name: "startup: medbench --help", ratio: seconds.help, limit: 0.4, unit: "s CPU" },
      {
        name: "startup: medbench sql, compared with a bare script that runs one query",
        ratio: seconds.sql / seconds.bare,
        limit: 1.5,
        unit: "x CPU",
      },
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const query = "select 42 as answer";

const client = pathToFileURL(
  join(packageRoot, "node_modules", "@duckdb", "node-api", "lib", "index.js"),
).href;
const bareScript = `
  import { DuckDBInstance } from ${JSON.stringify(client)};
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  const reader = await connection.runAndReadAll(${JSON.stringify(query)});
  console.log(reader.getRowObjectsJS());`;

/** Makes a process write its processor time, from its very start, to its fourth stream when it ends. */
const reportTime = `data:text/javascript,${encodeURIComponent(
  'import { writeSync } from "node:fs"; process.on("exit", () => writeSync(3, JSON.stringify(process.cpuUsage())));',
)}`;

async function processorTime(command: readonly string[]): Promise<number> {
  const child = spawn(process.execPath, ["--import", reportTime, ...command], {
    stdio: ["ignore", "ignore", "inherit", "pipe"],
  });
  let report = "";
  child.stdio[3]?.on("data", (piece: Buffer) => {
    report += piece.toString();
  });
  const [code] = (await once(child, "close")) as [number | null];
  if (code !== 0) throw new CheckError(`bench: ${command.join(" ")} ended with exit code ${code}`);
  const { user, system } = JSON.parse(report) as NodeJS.CpuUsage;
  return (user + system) / 1e6;
}
