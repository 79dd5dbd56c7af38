import { createHash } from "node:crypto";
import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

/**
 * Decides whether the compiled program may run: only if every file that it was compiled from is unchanged. Size and time
 * decide where they can; where the time differs (a fresh copy, an installed package), the content does.
 *
 * @param {string} root folder of the package
 * @returns {{ entry: string } | { reason: string }} the compiled command line, or why it cannot be used
 */
export function compiledProgram(root) {
  const folder = join(root, "build", "node");
  let list;
  try {
    list = JSON.parse(readFileSync(join(folder, "sources.json"), "utf8"));
  } catch {
    return { reason: "medbench is not compiled" };
  }
  if (list.schema !== "medbench-compiled/1") return { reason: "another version compiled medbench" };
  for (const [file, size, mtimeMs, sha256] of list.files) {
    // An installed package has its dependencies next to it, in the exact versions that were compiled in.
    const isElsewhere = file.startsWith("node_modules/") && !existsSync(join(root, file));
    if (!isElsewhere && !isUnchanged(join(root, file), size, mtimeMs, sha256))
      return { reason: `${file} has changed since medbench was compiled` };
  }
  return { entry: join(folder, "medbench.js") };
}

function isUnchanged(path, size, mtimeMs, sha256) {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined || found.size !== size) return false;
  return (
    found.mtimeMs === mtimeMs || createHash("sha256").update(readFileSync(path)).digest("hex") === sha256
  );
}
