import { readFileSync, statSync } from "node:fs";
import { dirname, join, posix, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { createProgram } from "../../pipelines/commands/program.js";
import { filesOf } from "../files-of.js";

const root = resolve(import.meta.dirname, "../..");
const read = (file: string) => readFileSync(join(root, file), "utf8");

const rooms = [".ci", "bench", "bin", "data", "docs", "examples", "notebooks", "pipelines", "src", "tests"];
const files = rooms.flatMap((room) => filesOf(join(root, room)).map((file) => `${room}/${file}`));
const names = new Set(files.map((file) => posix.basename(file)));

/** The guides. `docs/api` is generated, and the change log names files as they were called then. */
const guides = [
  ...["README.md", "CONTRIBUTING.md", "SECURITY.md", "data/README.md"],
  ...files.filter((file) => /^docs\/(?!api\/).*\.md$/.test(file)),
];

/** Files that the worked example of CONTRIBUTING.md asks the reader to write. */
const writtenByTheReader = ["src/lib/scorers/rouge-l.ts", "tests/lib/scorers/rouge-l.test.ts"];

/** Folders and files that git ignores, because a command makes them. */
const generated = read(".gitignore")
  .split("\n")
  .filter((line) => line !== "")
  .map((line) => patternOf(line, line.endsWith("/")));

/** `*`, `**`, `{a,b}` and `<placeholder>` as a regular expression; with `isPrefix`, everything below the path too. */
function patternOf(path: string, isPrefix = false): RegExp {
  const source = path
    .replace(/\/$/, "")
    .replaceAll(/[.+^$()|[\]\\]/g, "\\$&")
    .replaceAll("{", "(")
    .replaceAll("}", ")")
    .replaceAll(/,\s*/g, "|")
    .replaceAll(/<[^>]*>/g, "[^/]+")
    .replaceAll("**/", "\u0000")
    .replaceAll("*", "[^/]*")
    .replaceAll("\u0000", "(.*/)?");
  return new RegExp(`^${source}${isPrefix ? "(/.*)?" : ""}$`);
}

const exists = (path: string) => statSync(join(root, path), { throwIfNoEntry: false }) !== undefined;

const withoutBlocks = (text: string) => text.replaceAll(/^```.*?^```/gms, "");
const codeSpans = (text: string) =>
  [...withoutBlocks(text).matchAll(/`([^`\n]+)`/g)].map(([, code]) => code ?? "");

/** True for a code span that names something of the repository: a path in one of its rooms, or a source file. */
const isPath = (code: string) =>
  !/\s/.test(code.replaceAll(/\{[^}]*\}|<[^>]*>/g, "")) &&
  (rooms.some((room) => code.startsWith(`${room}/`)) || /^[\w@.*/<>{},-]+\.(ts|sql)$/.test(code));

/** True if the path is a file or a folder of the repository, or is made by a command. */
function isFound(path: string): boolean {
  if (writtenByTheReader.some((file) => file === path || posix.basename(file) === path)) return true;
  if (exists(path) || names.has(path)) return true;
  if (generated.some((pattern) => pattern.test(path.replace(/\/$/, "").replaceAll(/<[^>]*>/g, "x"))))
    return true;
  const pattern = patternOf(path);
  return path.includes("/")
    ? files.some((file) => pattern.test(file) || pattern.test(posix.dirname(file)))
    : [...names].some((name) => pattern.test(name));
}

/** The id that GitHub gives a heading. */
const anchorOf = (heading: string) =>
  heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, "")
    .trim()
    .replaceAll(/\s/g, "-");
const anchors = (file: string) =>
  [...withoutBlocks(read(file)).matchAll(/^#+ (.+)$/gm)].map(([, heading]) => anchorOf(heading ?? ""));

const linksOf = (text: string) =>
  [...withoutBlocks(text).matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, link]) => link ?? "")
    .filter((link) => !/^[a-z]+:/.test(link));

describe("the guides", () => {
  it("have links, paths and commands that these tests can see", () => {
    const text = guides.map(read).join("\n");
    expect(guides.length).toBeGreaterThan(20);
    expect(linksOf(text).length).toBeGreaterThan(30);
    expect(codeSpans(text).filter(isPath).length).toBeGreaterThan(80);
    expect(isFound("src/lib/no-such-folder")).toBe(false);
    expect(isFound("no-such-file.sql")).toBe(false);
  });

  it.each(guides)("%s links only to files and headings that exist", (guide) => {
    const broken = linksOf(read(guide)).filter((link) => {
      const [path = "", anchor] = link.split("#");
      const target = path === "" ? guide : posix.join(dirname(guide), path);
      return !exists(target) || (anchor !== undefined && !anchors(target).includes(anchor));
    });
    expect(broken).toEqual([]);
  });

  it.each(guides)("%s names only files and folders that exist", (guide) => {
    const missing = codeSpans(read(guide)).filter((code) => isPath(code) && !isFound(code));
    expect(missing).toEqual([]);
  });

  const scripts = JSON.parse(read("package.json")).scripts as Readonly<Record<string, string>>;
  const program = createProgram();
  const commands = program.commands.map((command) => command.name());
  const options = new Set([
    ...["--help", "--version"],
    ...program.commands.flatMap((command) => command.options.map(({ long }) => long)),
  ]);

  it.each(guides)("%s names only npm scripts, medbench commands and options that exist", (guide) => {
    const text = read(guide);
    const wrong = [
      ...[...text.matchAll(/\bnpm run ([a-z][\w:-]*)/g)]
        .filter(([, script = ""]) => !Object.hasOwn(scripts, script))
        .map(([found]) => found),
      ...[...text.matchAll(/(?:`|^|npx )medbench ([a-z][a-z-]*)/gm)]
        .filter(([, command = ""]) => !commands.includes(command))
        .map(([found]) => found),
      ...[...text.matchAll(/(?:`|^|npx )medbench [^`\n#"]*/gm)].flatMap(([line]) =>
        (line.match(/ --[a-z][a-z-]*/g) ?? []).filter((option) => !options.has(option.trim())),
      ),
    ];
    expect(wrong).toEqual([]);
  });
});
