import { readdirSync, realpathSync } from "node:fs";
import { isAbsolute, posix, relative, resolve, sep } from "node:path";
import { InputError } from "../../src/lib/errors.js";

/**
 * Files and folders below `root` whose path matches, sorted by path: `*` is any part of one name, `**` any folders.
 *
 * @throws InputError for a pattern that is absolute or leaves the root, by `..` or by a link
 */
export function expandGlob(root: string, pattern: string): string[] {
  const parts = pattern.split(/[\\/]/).filter((part) => part !== "" && part !== ".");
  if (isAbsolute(pattern) || /^[A-Za-z]:/.test(pattern) || parts.includes("..")) {
    throw new InputError(`path ${JSON.stringify(pattern)} leaves its source folder ${root}`, {
      hint: "Paths are relative to the source's folder and must stay inside it.",
    });
  }
  const found = new Set<string>();
  walk(root, "", parts, found);
  const paths = [...found].sort();
  for (const path of paths) refuseEscape(root, path);
  return paths;
}

function walk(root: string, folder: string, parts: readonly string[], found: Set<string>): void {
  const [part, ...rest] = parts;
  if (part === undefined) return;
  if (part === "**") walk(root, folder, rest, found);
  for (const entry of entriesOf(resolve(root, folder))) {
    const path = posix.join(folder, entry.name);
    if (part === "**") {
      if (entry.isDirectory()) walk(root, path, parts, found);
      if (rest.length === 0 && entry.isFile()) found.add(path);
    } else if (nameMatches(part, entry.name)) {
      if (rest.length === 0) found.add(path);
      else if (entry.isDirectory() || entry.isSymbolicLink()) walk(root, path, rest, found);
    }
  }
}

function entriesOf(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === "ENOTDIR" || code === "ENOENT") return [];
    throw cause;
  }
}

function nameMatches(pattern: string, name: string): boolean {
  if (name.startsWith(".") && !pattern.startsWith(".")) return false;
  const text = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${text}$`, "su").test(name);
}

function refuseEscape(root: string, path: string): void {
  const inside = relative(realpathSync(root), realpathSync(resolve(root, path)));
  if (inside === ".." || inside.startsWith(`..${sep}`) || isAbsolute(inside)) {
    throw new InputError(`${path} is a link to a place outside its source folder ${root}`, {
      hint: "Copy the file into the folder.",
    });
  }
}
