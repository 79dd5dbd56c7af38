import { existsSync } from "node:fs";
import { join, resolve } from "node:path";

/** Root folder of the installed package: where package.json, src and the shipped catalogue are. */
export const packageRoot = resolve(import.meta.dirname, "..", "..");

/**
 * The file that pins the dependencies: the lock file in a checkout; npm never publishes that, so an installed package
 * has its package.json, which names exact versions.
 */
export function dependencyPins(): string {
  const lock = join(packageRoot, "package-lock.json");
  return existsSync(lock) ? lock : join(packageRoot, "package.json");
}
