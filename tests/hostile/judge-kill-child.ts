import { Journal } from "../../pipelines/asking/journal.js";
import { runRequests } from "../../pipelines/asking/run-requests.js";
import { openAiJudge } from "../../pipelines/judging/openai-judge.js";
import { verdictReader } from "../../pipelines/judging/verdict.js";
import { requestsFor } from "../asking/request-list.js";

/** What the killed process does: asks a server everything that its journal does not know. */
export async function askAll(url: string, path: string, count: number, concurrency: number): Promise<void> {
  const journal = await Journal.open(path);
  const judge = openAiJudge({ model: "stub", baseUrl: url, apiKey: "none" });
  await runRequests(requestsFor(count), { client: judge, readerOf: verdictReader, journal, concurrency });
  await journal.close();
}
