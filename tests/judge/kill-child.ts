import { Journal } from "../../pipelines/judge/journal.js";
import { openAiJudge } from "../../pipelines/judge/openai-judge.js";
import { runRequests } from "../../pipelines/judge/run-requests.js";
import { requestsFor } from "./request-list.js";

/** What the killed process does: asks a server everything that its journal does not know. */
export async function askAll(url: string, path: string, count: number, concurrency: number): Promise<void> {
  const journal = await Journal.open(path);
  const judge = openAiJudge({ model: "stub", baseUrl: url, apiKey: "none" });
  await runRequests(requestsFor(count), { judge, journal, concurrency });
  await journal.close();
}
