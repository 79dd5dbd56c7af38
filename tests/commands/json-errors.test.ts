import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import { createProgram } from "../../pipelines/commands/program.js";
import { reportError } from "../../pipelines/terminal/report-error.js";
import { CheckError, InputError, WorkbenchError } from "../../src/lib/errors.js";
import { temporaryFolder } from "../stages/ingest/workspace.js";
import { smallWorkspace } from "../stages/score/small-benchmark.js";
import { said } from "./said.js";

/** The one shape of an error; anything else fails the test. */
function errorIn({ out, problems, exitCode }: Awaited<ReturnType<typeof said>>) {
  expect(out).toBe("");
  const { error } = JSON.parse(problems.trimEnd().split("\n").at(-1) ?? "") as {
    error: Record<string, unknown>;
  };
  expect(Object.keys(error)).toEqual(["kind", "message", "hint", "cause", "exitCode"]);
  expect(error["exitCode"]).toBe(exitCode);
  return error;
}

const withJson = createProgram({ errorsAsJson: false }).commands.filter((command) =>
  command.options.some(({ long }) => long === "--json"),
);

describe("with --json", () => {
  it.each(withJson.map((command) => command.name()))(
    "%s reports wrong usage as one line of JSON alone",
    async (name) => {
      const result = await said(name, "--json", "--no-such-option");
      expect(result.problems.trimEnd().split("\n")).toHaveLength(1);
      expect(errorIn(result)).toMatchObject({
        kind: "input",
        message: expect.stringMatching(/^(unknown option '--no-such-option'|required option )/),
        exitCode: 2,
      });
    },
  );

  it.each(
    withJson
      .filter((command) => command.options.some(({ long }) => long === "--workspace"))
      .map((command) => command.name()),
  )("%s reports a workspace that is a file in the same shape", async (name) => {
    const given =
      withJson
        .find((command) => command.name() === name)
        ?.registeredArguments.filter(({ required }) => required) ?? [];
    const result = await said(
      name,
      ...given.map(() => import.meta.filename),
      "--workspace",
      import.meta.filename,
      "--json",
    );
    expect(errorIn(result)).toMatchObject({
      kind: "input",
      message: expect.stringMatching(/is a file, expected a folder/),
      exitCode: 2,
    });
  });

  it("a server that refuses the key is a failure of the work, with its hint", async () => {
    const { workspace } = await smallWorkspace({
      datasets: { Open: [{ metric: "judge", scorer: "judge", weight: 1 }] },
      items: [{ dataset: "Open", id: "1", gold: "reference" }],
      answers: [{ dataset: "Open", id: "1", raw: "answer" }],
    });
    const server = createServer((_, response) => response.writeHead(401).end("{}"));
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
    const asked = ["judge", "--base-url", url, "--workspace", workspace];
    const result = await said(...asked, "--json");
    const plain = await said(...asked);
    server.close();
    expect(errorIn(result)).toMatchObject({
      kind: "failed",
      message: expect.stringMatching(/HTTP 401/),
      hint: expect.stringMatching(/MEDBENCH_JUDGE_API_KEY/),
      exitCode: 1,
    });
    expect(plain.problems).toMatch(/^medbench: .*HTTP 401.*\n {2}hint: .*MEDBENCH_JUDGE_API_KEY/m);
    expect(plain.exitCode).toBe(1);
    // Names are checked before the server is looked at, or is missing.
    const typo = await said("judge", "--dataset", "Opem", "--workspace", workspace, "--json");
    expect(errorIn(typo)).toMatchObject({
      message: 'judge --dataset: no dataset "Opem"',
      hint: expect.stringMatching(/Did you mean "Open"/),
    });
    const rubric = await said("judge", "--rubric", "clinical-55", "--workspace", workspace, "--json");
    expect(errorIn(rubric)).toMatchObject({ message: expect.stringMatching(/no rubric "clinical-55"/) });
    const stress = [
      "stress-judge",
      "--judge-client",
      "openai",
      "--dataset",
      "Opem",
      "--workspace",
      workspace,
    ];
    expect(errorIn(await said(...stress, "--json"))).toMatchObject({
      message: expect.stringMatching(/no dataset "Opem"/),
    });
  });

  it("kinds, causes and text that a terminal would obey keep to the shape", () => {
    const report = (error: unknown) => {
      let text = "";
      vi.spyOn(process.stderr, "write").mockImplementation((piece) => {
        text += piece;
        return true;
      });
      const exitCode = reportError(error, { asJson: true });
      vi.restoreAllMocks();
      return { ...(JSON.parse(text) as { error: object }).error, exitCode };
    };
    expect(report(new InputError("a\u009bb", { hint: "h" }))).toMatchObject({
      kind: "input",
      message: "a\u009bb",
      hint: "h",
      exitCode: 2,
    });
    expect(report(new CheckError("c"))).toMatchObject({ kind: "check", hint: null, exitCode: 1 });
    expect(report(new WorkbenchError("w", { cause: new Error("why\nmore") }))).toMatchObject({
      kind: "failed",
      cause: "why",
      exitCode: 1,
    });
    expect(report(new TypeError("x is undefined"))).toMatchObject({
      kind: "unexpected",
      message: expect.stringContaining("x is undefined"),
      exitCode: 1,
    });
    const missing = join(temporaryFolder(), "no");
    const system = Object.assign(new Error("no"), { code: "ENOSPC", syscall: "write", path: missing });
    expect(report(system)).toMatchObject({
      kind: "input",
      message: expect.stringContaining("no space is left"),
    });
  });
});
