// cspell:ignore scor jugde worksapce
import { describe, expect, it } from "vitest";
import { createProgram } from "../../pipelines/commands/program.js";

/** What a command line prints, and the error that ends it. */
async function said(...args: readonly string[]) {
  const program = createProgram();
  let out = "";
  let problems = "";
  for (const command of [program, ...program.commands])
    command.configureOutput({
      writeOut: (text) => {
        out += text;
      },
      writeErr: (text) => {
        problems += text;
      },
    });
  const error = await program.parseAsync(args, { from: "user" }).then(
    () => null,
    (caught: { exitCode: number }) => caught,
  );
  return { out, problems, exitCode: error?.exitCode ?? 0 };
}

describe("the help", () => {
  it("has every command on the first screen, in a group, with a summary of its own", async () => {
    const program = createProgram();
    const { out, exitCode } = await said("--help");
    expect(exitCode).toBe(0);
    expect(out).not.toMatch(/^Commands:/m);
    for (const command of program.createHelp().visibleCommands(program)) {
      expect(command.summary(), command.name()).not.toBe("");
      expect(out).toMatch(new RegExp(`^  ${command.name()} +${command.summary().split(" ")[0]}`, "m"));
    }
  });

  it("fits a screen of 80 columns, except for examples", async () => {
    const { out } = await said("--help");
    const [table] = out.split("First steps:");
    expect((table ?? "").split("\n").filter((line) => line.length > 80)).toEqual([]);
  });

  it.each(
    createProgram()
      .createHelp()
      .visibleCommands(createProgram())
      .map((command) => command.name()),
  )("of %s gives the exit codes once, and is the same as --help", async (name) => {
    const [help, flag] = [await said("help", name), await said(name, "--help")];
    expect(help.out).toBe(flag.out);
    expect(help.out.match(/Exit codes: 0/g)).toHaveLength(1);
  });

  it.each([
    [["scor"], "score"],
    [["help", "scor"], "score"],
    [["jugde"], "judge"],
    [["score", "--worksapce", "x"], "--workspace"],
  ])("suggests the right spelling for %s", async (args, suggestion) => {
    const { problems, exitCode } = await said(...args);
    expect(problems).toContain(`Did you mean ${suggestion}?`);
    expect(exitCode).toBe(1);
  });
});
