import { startStubJudge } from "../../pipelines/judging/stub-judge.js";
import { checkoutFolder } from "./runner/page-folder.js";
import { describePage, readPage } from "./runner/page-suite.js";
import { commandsReference } from "./runner/pages.js";
import { runMedbench } from "./runner/run-medbench.js";

/** What must be there before the examples of a command run, besides a checkout after `npm start`. */
const preparations: Readonly<Record<string, (folder: string) => Promise<unknown>>> = {
  "medbench ingest": (folder) =>
    runMedbench({ args: ["rating-packet", "--size", "5", "--out", "packet"], folder }),
  "medbench sources": async (folder) => {
    const pool = ["--pool", "upload-2026-03"];
    await runMedbench({ args: ["ingest", "uploads/system-a.zip", ...pool], folder });
    await runMedbench({ args: ["ingest", "gold/", "--role", "gold", ...pool], folder });
  },
  "medbench judges": async (folder) => {
    const { url, close } = await startStubJudge();
    await runMedbench({
      args: ["judge", "--base-url", url, "--model", "stub", "--max-requests", "3"],
      folder,
    });
    await close();
  },
};

/** The examples of `--help`, which the reference shows: those of each command in a checkout of their own. */
for (const section of (await readPage(commandsReference)).split(/^(?=## medbench )/m)) {
  const command = /^## (medbench [\w-]+)/.exec(section)?.[1];
  if (command === undefined) continue;
  const folder = async () => {
    const made = await checkoutFolder();
    await preparations[command]?.(made);
    return made;
  };
  describePage(`help of ${command}`, section, { folder });
}
