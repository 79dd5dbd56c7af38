import { existsSync, readdirSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { InputError } from "../../src/lib/errors.js";
import { closestNames, didYouMean } from "../../src/lib/util/known-names.js";

/** Files that a command reads itself if the path is `-`. */
const standardInput = "-";

/** Checks that a path that the user gave is a file that exists. @param where option or argument, as the message begins */
export function requireFile(path: string, where: string): void {
  requirePath(path, where, "file");
  if (statSync(path).isDirectory())
    throw new InputError(`${where}: ${JSON.stringify(path)} is a folder, expected a file`, {
      hint: "Name a file in it.",
    });
}

/** The same for an argument that may also be `-`, standard input. */
export function requireFileOrInput(path: string, where: string): void {
  if (path !== standardInput) requireFile(path, where);
}

/**
 * Checks that a path that the user gave exists.
 *
 * @throws InputError with the names next to it that were probably meant
 */
export function requirePath(path: string, where: string, what = "file or folder"): void {
  if (existsSync(path)) return;
  const hint = didYouMean(pathsLike(path)) ?? "Check the path.";
  throw new InputError(`${where}: no ${what} ${JSON.stringify(path)}`, { hint });
}

/** Checks that nothing but a folder is where a command is to make one. */
export function requireNoFile(path: string, where: string): void {
  if (!existsSync(path) || statSync(path).isDirectory()) return;
  throw new InputError(`${where}: ${JSON.stringify(path)} is a file, expected a folder`, {
    hint: "Name a folder; it is made if it does not exist.",
  });
}

/** Checks that a file can be written: its folder exists, and no folder has its name. */
export function requireWritable(path: string, where: string): void {
  requirePath(dirname(path), where, "folder");
  if (!existsSync(path) || !statSync(path).isDirectory()) return;
  throw new InputError(
    `${where}: ${JSON.stringify(path)} is a folder, expected the name of a file to write`,
    {
      hint: "Name a file in it.",
    },
  );
}

/** Paths that exist and differ from a path that does not in the first part that is missing. */
function pathsLike(path: string): string[] {
  const [folder, missing] = [dirname(path), basename(path)];
  const folders = folder === path || existsSync(folder) ? [folder] : pathsLike(folder);
  return folders.flatMap((parent) => {
    if (existsSync(join(parent, missing))) return [join(parent, missing)];
    return closestNames(missing, namesIn(parent)).map((name) => join(parent, name));
  });
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    // Without the folder there are no names to suggest.
    return [];
  }
}
