import { spawnSync } from "node:child_process";
import { chmod, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { completionScript, type Shell, shells } from "../../../pipelines/tools/completion/scripts.js";

let folder: string;

/** A program `medbench` that answers as the real one would, and notes the words that it was asked with. */
const standIn = `#!/usr/bin/env bash
printf '%s\\n' "\${@:3}" > "$WORDS"
case "\${*: -1}" in
  co) printf 'compare\\tcompare two systems\\ncompletion\\tprint a script\\n:none\\n' ;;
  Qw) printf 'Qwen 72B: large\\t\\n:none\\n' ;;
  fi) printf ':files\\n' ;;
  *) printf ':folders\\n' ;;
esac
`;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "medbench-completion-"));
  await mkdir(join(folder, "bin"));
  await writeFile(join(folder, "bin", "medbench"), standIn);
  await chmod(join(folder, "bin", "medbench"), 0o755);
  for (const shell of shells) await writeFile(join(folder, `script.${shell}`), completionScript(shell));
  await mkdir(join(folder, "work"));
  await writeFile(join(folder, "work", "file.csv"), "");
  await mkdir(join(folder, "work", "data folder"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const isInstalled = (shell: Shell) => spawnSync(shell, ["-c", "exit 0"]).status === 0;

/** Stands in for the part of zsh's completion system that the script needs when it is loaded. */
const before: Partial<Record<Shell, string>> = { zsh: "compdef() { }" };

function run(shell: Shell, code: string): string {
  const { stdout, stderr, status } = spawnSync(
    shell,
    ["-c", `${before[shell] ?? ""}\nsource ${join(folder, `script.${shell}`)}\n${code}`],
    {
      cwd: join(folder, "work"),
      encoding: "utf8",
      env: {
        ...process.env,
        HOME: folder,
        PATH: [join(folder, "bin"), process.env["PATH"]].join(delimiter),
        WORDS: join(folder, "words"),
      },
    },
  );
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  return stdout;
}

/** What each shell offers for a command line, as its own completion machinery would ask. */
const offers: Readonly<Record<Shell, (words: readonly string[]) => string>> = {
  bash: (words) =>
    run(
      "bash",
      `COMP_WORDS=(medbench ${words.join(" ")}); COMP_CWORD=${words.length}; _medbench; printf '%s\\n' "\${COMPREPLY[@]}"`,
    ),
  // The two functions of zsh's completion system that the script calls.
  zsh: (words) =>
    run(
      "zsh",
      `_describe() { print -rl -- "\${(@P)2}" }; _files() { print files $* }; words=(medbench ${words.join(" ")}); CURRENT=${words.length + 1}; _medbench`,
    ),
  fish: (words) => run("fish", `complete -C 'medbench ${words.join(" ").replaceAll("'", "\\'")}'`),
};

const expected: Readonly<Record<Shell, { readonly commands: string; readonly named: string }>> = {
  bash: { commands: "compare\ncompletion\n", named: "Qwen\\ 72B:\\ large\n" },
  zsh: {
    commands: "compare:compare two systems\ncompletion:print a script\n",
    named: "Qwen 72B\\: large:\n",
  },
  fish: {
    commands: "compare\tcompare two systems\ncompletion\tprint a script\n",
    named: "Qwen 72B: large\n",
  },
};

describe.each(shells)("in %s", (shell) => {
  it.skipIf(!isInstalled(shell))("commands are offered, with what they do where the shell shows it", () => {
    expect(offers[shell](["co"])).toBe(expected[shell].commands);
  });

  it.skipIf(!isInstalled(shell))("a name with a blank is offered as one word", () => {
    expect(offers[shell](["score", "--judge", "Qw"])).toBe(expected[shell].named);
  });

  it.skipIf(!isInstalled(shell))("nothing that was typed is run", () => {
    offers[shell](["sql", "'$(touch", "ran)'", "co"]);
    expect(spawnSync("ls", [join(folder, "work")], { encoding: "utf8" }).stdout).not.toContain("ran");
  });

  it.skipIf(!isInstalled(shell))("files are offered where the command takes one", () => {
    const found = offers[shell](["ingest", "fi"]);
    if (shell === "bash") expect(found.trim(), "readline completes file names itself").toBe("");
    else expect(found).toContain(shell === "zsh" ? "files" : "file.csv");
  });
});

describe("in bash", () => {
  it("folders are offered where the command takes one", () => {
    expect(offers.bash(["run", "--workspace", "data"]).trim()).toBe("data folder");
  });

  it("completion is registered for medbench, and the script can be loaded twice", () => {
    expect(run("bash", `source ${join(folder, "script.bash")}; complete -p medbench`)).toContain(
      "_medbench medbench",
    );
  });
});
