import { cp, mkdir, mkdtemp, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { sample, sampleWorkspace } from "../../sample.js";

const root = resolve(import.meta.dirname, "..", "..", "..");

/**
 * A new folder that looks like a checkout after `npm start`: the sample's workspace in `data`, which commands may change,
 * and the committed inputs that the guides name. It is as deep below the folder for temporary files as the shared workspace,
 * because a workspace names its sources relative to itself.
 */
export async function checkoutFolder(): Promise<string> {
  const folder = await emptyFolder();
  await cp(await sampleWorkspace(), join(folder, "data"), { recursive: true });
  await symlink(sample, join(folder, "data", "sample"));
  await symlink(join(root, "examples"), join(folder, "examples"));
  await mkdir(join(folder, "tests"));
  await symlink(join(root, "tests", "oracles"), join(folder, "tests", "oracles"));
  await addOwnFiles(folder);
  return folder;
}

export function emptyFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), "medbench-docs-"));
}

/** Files that the examples of the help texts take for granted: those of a user. */
async function addOwnFiles(folder: string): Promise<void> {
  for (const pack of ["questions", "gold"]) await symlink(join(sample, pack, "upload"), join(folder, pack));
  for (const file of ["uploads/system-a.zip", "answers/my-system.zip"]) {
    await mkdir(join(folder, dirname(file)));
    await symlink(join(sample, "uploads", "luming-max.zip"), join(folder, file));
  }
  const response = { id: "1", text: "The answer is B.", options: { A: "rest", B: "surgery" } };
  await writeFile(join(folder, "responses.jsonl"), `${JSON.stringify(response)}\n`);
  await writeFile(join(folder, "labeled.jsonl"), `${JSON.stringify({ ...response, expected: "B" })}\n`);
  await writeFile(join(folder, "my-query.sql"), "SELECT system FROM runs;\n");
  await writeFile(join(folder, "scores.json"), JSON.stringify({ track: "llm", scores: { MedExam: 80 } }));
}
