#!/usr/bin/env node
// Runs the program that `npm ci` compiled, or the TypeScript sources where it is missing or older than they are.
import { accessSync, constants, mkdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { compiledProgram } from "./compiled.js";

try {
  mkdirSync(tmpdir(), { recursive: true });
  accessSync(tmpdir(), constants.W_OK | constants.X_OK);
} catch (error) {
  const variable = process.platform === "win32" ? "TEMP" : "TMPDIR";
  const message = `the folder for temporary files cannot be written: ${error.message}`;
  const hint = `Set ${variable} to a folder in which you may write.`;
  process.stderr.write(
    process.argv.includes("--json")
      ? `${JSON.stringify({ error: { kind: "input", message, hint, cause: null, exitCode: 2 } })}\n`
      : `medbench: ${message}\n  hint: ${hint}\n`,
  );
  process.exit(2);
}

const { entry, reason } = compiledProgram(join(import.meta.dirname, ".."));
if (entry === undefined) {
  process.stderr.write(
    `medbench: ${reason}, so it runs from its TypeScript sources and starts slowly; \`npm run compile\` compiles it\n`,
  );
  const { register } = await import("tsx/esm/api");
  register();
  await import("../pipelines/cli.ts");
} else {
  // Errors name files and lines of the sources.
  process.setSourceMapsEnabled(true);
  await import(pathToFileURL(entry).href);
}
