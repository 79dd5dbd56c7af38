#!/usr/bin/env node
// The pipelines are TypeScript run from source; tsx is a regular dependency, so no build step stands before the first command.
try {
  // tsx keeps translated sources in the temporary folder.
  const { register } = await import("tsx/esm/api");
  register();
} catch (error) {
  process.stderr.write(
    `medbench cannot start: ${error.message}\n  hint: Check that TMPDIR names a folder in which you may write, and that the package is installed completely.\n`,
  );
  process.exit(2);
}
await import("../pipelines/cli.ts");
