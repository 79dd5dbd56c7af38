import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { runIngest } from "../../../pipelines/stages/ingest/ingest.js";
import { runScore } from "../../../pipelines/stages/score/score.js";
import { nextSteps, stepsFor } from "../../../pipelines/tools/next-steps/next-steps.js";
import type { WorkspaceState } from "../../../pipelines/tools/next-steps/workspace-state.js";
import { rememberedReport, rememberReport } from "../../../pipelines/warehouse/report-place.js";
import { currentVersion } from "../../../pipelines/warehouse/versioned-folder.js";
import { workspacePaths } from "../../../pipelines/warehouse/workspace.js";
import { ownSampleWorkspace, sample, sampleWorkspace } from "../../sample.js";

/** Everything was done, and nothing is missing. */
const finished: WorkspaceState = {
  ...{
    items: 10,
    responses: 20,
    ratings: 5,
    hasJudgments: true,
    quarantined: 0,
    withoutCatalogue: [],
    canScore: true,
  },
  stages: {
    score: "current",
    calibrate: "current",
    aggregate: "current",
    gate: "current",
    release: "current",
  },
  ...{ outcomes: { scored: 20 }, expected: 20, poolsAwaitingGold: [] },
  ...{ figures: 30, withheld: 0, site: "current" },
};
const notScored: WorkspaceState["stages"] = {
  ...{ score: "missing", calibrate: "missing", aggregate: "missing", gate: "missing", release: "missing" },
};
const places = { workspace: "data", out: "dist" };

const commands = (state: Partial<WorkspaceState>, after?: string) =>
  stepsFor({ ...finished, ...state }, places, after).map(({ command }) =>
    command.replace(/^(npx )?medbench /, ""),
  );
const reasons = (state: Partial<WorkspaceState>) =>
  stepsFor({ ...finished, ...state }, places).map(({ why }) => why);

describe("the next step", () => {
  it("is init, and no run, where the answers' benchmark has no catalogue", () => {
    const state = { withoutCatalogue: ["own"], canScore: false, stages: notScored };
    expect(commands(state)).toEqual(["init FILES"]);
    expect(commands({ ...state, canScore: true })).toEqual(["init FILES", "run"]);
    expect(reasons(state)[0]).toMatch(/^Benchmark own has no catalogue, so its answers cannot be scored/);
  });

  it("is ingest where nothing was ingested", () => {
    expect(stepsFor(null, places)[0]?.command).toMatch(/medbench ingest FILES$/);
  });

  it("asks for questions, then for answers", () => {
    expect(commands({ items: 0, stages: notScored })).toEqual(["ingest QUESTIONS --role questions"]);
    expect(commands({ responses: 0, stages: notScored })).toEqual([
      "ingest ANSWERS --role answers --system NAME",
    ]);
  });

  it("is a run where the answers are not scored, or scores are older than the answers", () => {
    expect(commands({ stages: notScored })[0]).toBe("run");
    expect(commands({ stages: { ...finished.stages, score: "stale" } })[0]).toBe("run");
    expect(commands({ stages: { ...finished.stages, gate: "stale" } })[0]).toBe("run");
  });

  it("does not wait for calibration where there is no judge", () => {
    const stages = { ...finished.stages, calibrate: "missing" } as const;
    expect(commands({ stages, hasJudgments: false })).toEqual(["publish --serve"]);
    expect(commands({ stages })[0]).toBe("run");
  });

  it("names what is missing for answers without a score, and how many", () => {
    const state = { outcomes: { scored: 0, awaiting_gold: 621, awaiting_judgment: 3666 }, expected: 4287 };
    expect(commands({ ...state, poolsAwaitingGold: ["upload-2026-03"] })).toEqual([
      "ingest GOLD --role gold --pool upload-2026-03",
      "judge --base-url URL",
    ]);
    expect(reasons(state)[0]).toContain("621 responses await gold");
    expect(reasons(state)[1]).toContain("3,666 responses await a judge");
    expect(reasons({ outcomes: { scored: 1, awaiting_gold: 1 } })[0]).toContain("1 response awaits gold");
  });

  it("explains why nothing is scored where neither gold nor a judge is missing", () => {
    const [why] = reasons({ outcomes: { scored: 0, missing: 600, empty: 2 }, expected: 602 });
    expect(why).toMatch(/600 of 602 expected responses have no answer/);
    expect(commands({ outcomes: { scored: 0, unparsed: 9 }, expected: 9 })[0]).toMatch(
      /^sql "select .*outcome = 'unparsed'/,
    );
  });

  it("shows where to see quarantined rows", () => {
    expect(commands({ quarantined: 11 })).toContain(
      'sql "select source, file, line, reason, detail from quarantine"',
    );
    expect(reasons({ quarantined: 1 })[0]).toContain("1 line of your files was not taken");
  });

  it("puts a few lines that were not taken behind the report, and many before it", () => {
    const [report, lines] = [
      "publish --serve",
      'sql "select source, file, line, reason, detail from quarantine"',
    ];
    expect(commands({ items: 900, responses: 100, quarantined: 20 })).toEqual([report, lines]);
    expect(commands({ items: 900, responses: 100, quarantined: 21 })).toEqual([lines, report]);
    expect(commands({ items: 900, responses: 100, quarantined: 20, stages: notScored })).toEqual([
      "run",
      lines,
    ]);
  });

  it("is a rating packet where no physician has checked the judge", () => {
    expect(commands({ ratings: 0 })[0]).toBe("rating-packet --out rating-packet");
    expect(commands({ ratings: 0, hasJudgments: false })).toEqual(["publish --serve"]);
  });

  it("builds the report, then shows it, and never repeats the command that has just run", () => {
    expect(commands({ site: "stale" })).toEqual(["publish"]);
    expect(commands({}, "publish")).toEqual(["publish --serve"]);
    expect(commands({ withheld: 3 })).toEqual(["publish --serve", "gate"]);
    expect(commands({ withheld: 3 }, "gate")).toEqual(["publish --serve"]);
  });

  it("is at most two commands, with the workspace where it is not the default", () => {
    const steps = stepsFor(
      { ...finished, quarantined: 3, withheld: 3, ratings: 0 },
      { workspace: "my work", out: "dist" },
    );
    expect(steps).toHaveLength(2);
    for (const { command } of steps) expect(command).toMatch(/ --workspace "my work"$/);
  });
});

describe("the state of a workspace", () => {
  it("of the sample is complete, except for the site and eleven lines", async () => {
    const steps = await nextSteps({ workspace: await sampleWorkspace(), out: "no-such-folder" });
    expect(steps.map(({ why }) => why)).toEqual([
      expect.stringContaining("this builds the report"),
      expect.stringContaining("11 lines of your files were not taken"),
    ]);
  });

  it("knows a report that was built elsewhere", async () => {
    const workspace = await ownSampleWorkspace();
    const out = join(workspace, "..", "report of ours");
    const release = await currentVersion(workspacePaths(workspace).release);
    mkdirSync(out, { recursive: true });
    writeFileSync(join(out, "site.json"), JSON.stringify({ release: release?.id }));
    await rememberReport(workspace, out);
    const [step] = await nextSteps({ workspace, after: "verify" });
    expect(step?.command).toMatch(/publish --serve --workspace .* --out ".*report of ours"$/);
    // A command that names another folder is about that one.
    const [other] = await nextSteps({ workspace, out: "no-such-folder", after: "verify" });
    expect(other?.command).toMatch(/publish --workspace .* --out no-such-folder$/);
    await rememberReport(join(workspace, "no", "folder"), out);
    expect(await rememberedReport(join(workspace, "no", "folder"))).toBe(null);
  });

  it("follows questions, answers, scores and gold", { timeout: 60_000 }, async () => {
    const workspace = mkdtempSync(join(tmpdir(), "medbench-next-"));
    const pool = "upload-2026-03";
    const next = async () => (await nextSteps({ workspace }))[0] as { why: string; command: string };
    const read = (path: string, role?: "gold") =>
      runIngest({ workspace, sources: [{ path: join(sample, path), pool, ...(role && { role }) }] });
    expect((await next()).command).toMatch(/ingest FILES --workspace /);
    await read("questions/upload");
    expect((await next()).command).toMatch(/ingest ANSWERS /);
    await read("uploads/luming-max.zip");
    expect((await next()).command).toMatch(/medbench run --workspace /);
    await runScore({ workspace });
    const { why, command } = await next();
    expect(why).toContain("621 responses await gold");
    expect(command).toMatch(/ingest GOLD --role gold --pool upload-2026-03 --workspace /);
    await read("gold/upload", "gold");
    expect((await next()).why).toContain("older than what was ingested");
    rmSync(workspace, { recursive: true });
  });
});
