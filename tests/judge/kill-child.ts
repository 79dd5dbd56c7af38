/** Asks the server given everything, journalling to the file given: the process that the kill test kills. */
import { Journal } from "../../pipelines/judge/journal.js";
import { openAiJudge } from "../../pipelines/judge/openai-judge.js";
import { runRequests } from "../../pipelines/judge/run-requests.js";
import { requestsFor } from "./request-list.js";

const [, , url, path, count, concurrency] = process.argv as [string, string, string, string, string, string];
const journal = await Journal.open(path);
await runRequests(requestsFor(Number(count)), {
  judge: openAiJudge({ model: "stub", baseUrl: url, apiKey: "none" }),
  journal,
  concurrency: Number(concurrency),
});
await journal.close();
