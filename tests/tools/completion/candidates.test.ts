import { beforeAll, describe, expect, it } from "vitest";
import { createProgram } from "../../../pipelines/commands/program.js";
import { completionsOf } from "../../../pipelines/tools/completion/candidates.js";
import { sampleWorkspace } from "../../sample.js";

const program = createProgram();
let workspace: string;
beforeAll(async () => {
  workspace = await sampleWorkspace();
});

const values = async (...words: string[]) =>
  (await completionsOf(program, words)).candidates.map(({ value }) => value);
const paths = async (...words: string[]) => (await completionsOf(program, words)).paths;

describe("what can come next on a command line", () => {
  it("is a command at first, with what it does, and never a hidden one", async () => {
    expect(await values("comp")).toEqual(["compare", "completion"]);
    expect(await values("")).not.toContain("complete");
    const { candidates } = await completionsOf(program, ["ver"]);
    expect(candidates[0]?.description).not.toBe("");
    expect(await values("no-such-command", "")).toEqual([]);
  });

  it("is an option that was not given yet", async () => {
    expect(await values("sql", "--js")).toEqual(["--json"]);
    expect(await values("sql", "--json", "--js")).toEqual([]);
  });

  it("is a choice of an option or argument", async () => {
    expect(await values("completion", "")).toEqual(["bash", "zsh", "fish"]);
    expect(await values("judge", "--client", "re")).toEqual(["replay"]);
    expect(await values("judge", "--client=re")).toEqual(["--client=replay"]);
    // The three words that bash makes of it.
    expect(await values("judge", "--client", "=", "re")).toEqual(["replay"]);
  });

  it("is a known value of an option that takes others too", async () => {
    expect(await values("compare", "a", "b", "--except", "pool", "gold")).toEqual(["goldVersion"]);
    expect(await values("gate", "--gate-policy", "st")).toEqual(["strict"]);
    expect(await paths("gate", "--gate-policy", "")).toBe("files");
  });

  it("is a system or run of the workspace that the line names", async () => {
    const systems = await values("compare", "--workspace", workspace, "qingtan-7");
    expect(systems).toContain("qingtan-72b");
    expect(systems).toContain("qingtan-72b.llm.api.api-2026-03");
    expect(await values("compare", `--workspace=${workspace}`, "qingtan-72b", "luming-m")).toContain(
      "luming-max",
    );
    expect(await values("compare", "--workspace", "/no/such/folder", "")).toEqual([]);
  });

  it("is a judge or dataset of the workspace", async () => {
    expect(await values("score", "--workspace", workspace, "--judge", "")).toEqual(["Qwen2.5-72B-Instruct"]);
    expect(await values("judges", "pin", "--workspace", workspace, "Qw")).toEqual(["Qwen2.5-72B-Instruct"]);
    expect(await values("judge", "--workspace", workspace, "--dataset", "MedEx")).toEqual([
      "MedExam",
      "MedExplain",
    ]);
  });

  it("is a table where a query ends with the start of its name", async () => {
    expect(await values("sql", '"select * from overall')).toEqual(["select * from overall_scores"]);
    expect(await values("sql", "items_")).toEqual(["items_private"]);
    expect(await values("sql", '"select ')).toEqual([]);
  });

  it("is a file or a folder where the command takes one", async () => {
    expect(await paths("ingest", "")).toBe("files");
    expect(await paths("ingest", "a.jsonl", "b")).toBe("files");
    expect(await paths("sql", "--workspace", "")).toBe("folders");
    expect(await paths("compare", "")).toBe("none");
  });
});
