/** `npm run compile`, and part of every `npm ci`: compiles the command line and the library into `build`. */
import { runScript } from "../../terminal/run-script.js";
import { buildLibrary } from "./library.js";
import { buildProgram } from "./program.js";

await runScript(import.meta.url, async () => {
  const [program, library] = await Promise.all([buildProgram(), buildLibrary()]);
  const types = library.declarations ? "with types" : "without types (typescript is not installed)";
  process.stderr.write(
    `build/node: ${program.files} files, ${kilobytes(program.bytes)}\nbuild/lib: ${library.files} files, ${kilobytes(library.bytes)}, ${types}\n`,
  );
});

function kilobytes(bytes: number): string {
  return `${Math.round(bytes / 1024)} kB`;
}
