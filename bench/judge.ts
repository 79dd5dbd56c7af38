import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { Journal } from "../pipelines/asking/journal.js";
import { runRequests } from "../pipelines/asking/run-requests.js";
import { openAiJudge } from "../pipelines/judging/openai-judge.js";
import { judgeRequest } from "../pipelines/judging/request.js";
import { loadRubric } from "../pipelines/judging/rubrics.js";
import type { JudgeRequest } from "../pipelines/judging/types.js";
import { verdictReader } from "../pipelines/judging/verdict.js";
import { CheckError } from "../src/lib/errors.js";
import { costOf } from "./measure/cost.js";
import type { BenchResult } from "./run.js";

const latencyMs = 50;
const connections = 64;
const many = 20_000;
const few = 1_000;

/**
 * Throughput of a judge run with the local stub (a separate process, real HTTP): time divided by the least possible time,
 * which is requests x latency / connections; and the cost of a judgment when there are 20 times as many.
 */
export async function judgeBench(): Promise<BenchResult[]> {
  const server = await startServer();
  const folder = await mkdtemp(join(tmpdir(), "medbench-bench-"));
  try {
    // The first run includes the time for compiling and opening connections.
    await measure(server.url, join(folder, "warm.jsonl"), few);
    const small = await measure(server.url, join(folder, "small.jsonl"), few);
    const large = await measure(server.url, join(folder, "large.jsonl"), many);
    const leastMs = (many * latencyMs) / connections;
    return [
      {
        name: `judge: ${many} judgments at ${connections} x ${latencyMs} ms, time divided by the least possible`,
        ratio: large.wall / leastMs,
        // 90 % of the throughput limit.
        limit: 1 / 0.9,
        unit: "x",
      },
      {
        name: `judge: processor time per judgment, ${many} compared with ${few}`,
        ratio: large.cpu / many / (small.cpu / few),
        limit: 1.25,
        unit: "x",
      },
      {
        name: `judge: heap in use at the end, ${many} compared with ${few}, kB per judgment`,
        ratio: (large.heapBytes - small.heapBytes) / (many - few) / 1024,
        limit: 1,
        unit: "kB",
      },
    ];
  } finally {
    server.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function measure(baseUrl: string, path: string, count: number) {
  const judge = openAiJudge({ model: "stub", baseUrl, apiKey: "none" });
  const journal = await Journal.open(path);
  const cost = await costOf(async () => {
    const { answered } = await runRequests(requests(count), {
      ...{ client: judge, readerOf: verdictReader, journal, concurrency: connections },
    });
    if (answered !== count) throw new CheckError(`bench judge: ${answered} of ${count} answered`);
  });
  const heapBytes = heapInUse();
  await journal.close();
  return { ...cost, heapBytes };
}

function* requests(count: number): Generator<JudgeRequest> {
  const rubric = loadRubric("clinical-5");
  for (let index = 0; index < count; index += 1) {
    const material = {
      question: `虚构病例${index}：患者反复胸痛，请给出处理意见。`,
      answer: "考虑非ST段抬高型心肌梗死，建议复查肌钙蛋白，完善心电图，给予抗血小板治疗。".repeat(10),
      keyPoints: [],
      language: "zh",
    } as const;
    yield judgeRequest(rubric, material, { model: "stub" });
  }
}

/** Heap after garbage collection: memory that is really in use. */
function heapInUse(): number {
  setFlagsFromString("--expose-gc");
  (runInNewContext("gc") as () => void)();
  return process.memoryUsage().heapUsed;
}

async function startServer() {
  const child = spawn(
    process.execPath,
    [
      resolve(import.meta.dirname, "..", "bin", "medbench.js"),
      "judge-server",
      "--stub",
      "--port",
      "0",
      "--latency-ms",
      String(latencyMs),
    ],
    { stdio: ["ignore", "pipe", "ignore"] },
  );
  const [first] = (await once(child.stdout, "data")) as [Buffer];
  return { url: first.toString().trim(), stop: () => child.kill() };
}
