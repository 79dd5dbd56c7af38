#!/usr/bin/env node
// The pipelines are TypeScript run from source; tsx is a regular dependency, so no build step stands before the first command.
import { accessSync, constants, mkdirSync } from "node:fs";
import { tmpdir } from "node:os";

try {
  // tsx keeps translated sources there, and ends with a stack if it cannot.
  mkdirSync(tmpdir(), { recursive: true });
  accessSync(tmpdir(), constants.W_OK | constants.X_OK);
} catch (error) {
  process.stderr.write(
    `medbench: the folder for temporary files cannot be written: ${error.message}\n  hint: Set TMPDIR to a folder in which you may write.\n`,
  );
  process.exit(2);
}

const { register } = await import("tsx/esm/api");
register();
await import("../pipelines/cli.ts");
