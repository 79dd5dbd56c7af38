import { readFile } from "node:fs/promises";
import { join, relative, resolve, sep } from "node:path";
import writeFileAtomic from "write-file-atomic";
import { isSystemError } from "./system-error.js";

const fileOf = (workspace: string) => join(workspace, "report.json");

/** Keeps where the report of a workspace was built, so that the next command finds it. The path is relative to the workspace. */
export async function rememberReport(workspace: string, out: string): Promise<void> {
  const path = relative(resolve(workspace), resolve(out)).split(sep).join("/") || ".";
  try {
    await writeFileAtomic(
      fileOf(workspace),
      `${JSON.stringify({ schema: "medbench-report/1", out: path })}\n`,
    );
  } catch (error) {
    // A report can be built from a workspace that nobody may write to; then it is only not remembered.
    if (!isSystemError(error)) throw error;
  }
}

/** Where the report was last built, from the current folder; null if that is not known. */
export async function rememberedReport(workspace: string): Promise<string | null> {
  try {
    const { out } = JSON.parse(await readFile(fileOf(workspace), "utf8")) as { readonly out?: unknown };
    return typeof out === "string" ? relative(process.cwd(), resolve(workspace, out)) || "." : null;
  } catch {
    // Without the file, or with one that somebody changed, the report is where it usually is.
    return null;
  }
}
