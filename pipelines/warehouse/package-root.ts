import { resolve } from "node:path";

/** Root folder of the installed package: where package.json, src and the shipped catalogue are. */
export const packageRoot = resolve(import.meta.dirname, "..", "..");
