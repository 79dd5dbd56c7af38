import { readFile } from "node:fs/promises";
import writeFileAtomic from "write-file-atomic";
import { parseDocument } from "yaml";
import { settingsFile, workspaceSettings } from "./settings.js";

/**
 * Writes the judge of record into a workspace's settings, or takes it out (null). Comments and other settings stay.
 *
 * @throws InputError if the settings cannot be read as they are
 */
export async function pinJudge(workspace: string, judge: string | null): Promise<void> {
  // Refuses settings with mistakes, which would be kept.
  await workspaceSettings(workspace);
  const file = settingsFile(workspace);
  const text = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return "schema: medbench-settings/1\n";
    throw error;
  });
  const settings = parseDocument(text);
  if (judge === null) settings.delete("judge");
  else settings.set("judge", judge);
  await writeFileAtomic(file, settings.toString());
}
