import { join, resolve } from "node:path";
import { filesOf } from "../../files-of.js";

const root = resolve(import.meta.dirname, "..", "..", "..");

/** Every page that people write, by its path in the repository. `docs/api` is generated. */
export const pages: readonly string[] = [
  ...["README.md", "CONTRIBUTING.md", "SECURITY.md", "data/README.md"],
  ...filesOf(join(root, "docs"))
    .map((file) => `docs/${file}`)
    .filter((file) => file.endsWith(".md") && !file.startsWith("docs/api/")),
];

/** Pages whose commands run stages, judges or builds of the site: they run in `npm run test:all` only. */
export const slowPages: readonly string[] = [
  "README.md",
  "docs/calibration.md",
  "docs/ingest.md",
  "docs/judge.md",
  "docs/site.md",
  "docs/stress-judge.md",
];

/** The examples of the help texts: each command's start in a folder of their own, in `npm run test:all`. */
export const commandsReference = "docs/reference/commands.md";

/** The guides start in an empty folder, as their readers do; they run in `walks.long.test.ts`. */
export const isGuide = (page: string): boolean => page.startsWith("docs/guides/");
