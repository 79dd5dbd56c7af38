import { expect, test } from "vitest";
import { runAggregate } from "../../pipelines/stages/aggregate/aggregate.js";
import { runGate } from "../../pipelines/stages/gate/gate.js";
import {
  keptAggregateSettings,
  keptGatePolicy,
  keptReleaseSettings,
} from "../../pipelines/stages/kept-settings.js";
import { runRelease } from "../../pipelines/stages/release/release.js";
import { gatePolicies } from "../../src/lib/publication/gate.js";
import { smallWorkspace } from "./score/small-benchmark.js";

test("a workspace keeps the settings that its stages last ran with, and has the usual ones before", async () => {
  const { workspace } = await smallWorkspace({
    datasets: { d: [{ metric: "m", scorer: "label", weight: 1 }] },
    items: ["1", "2"].map((id) => ({ dataset: "d", id, gold: "yes" })),
    answers: ["1", "2"].map((id) => ({ dataset: "d", id, raw: "yes" })),
  });
  expect(await keptGatePolicy(workspace)).toEqual(gatePolicies.withhold);
  expect(await keptReleaseSettings(workspace)).toEqual({});
  await runAggregate({ workspace, seed: 7, replicates: 200 });
  await runGate({ workspace, policy: gatePolicies.strict });
  await runRelease({ workspace, minimumGroups: 2 });
  expect(await keptAggregateSettings(workspace)).toEqual({ seed: 7, replicates: 200 });
  expect(await keptGatePolicy(workspace)).toEqual(gatePolicies.strict);
  expect(await keptReleaseSettings(workspace)).toEqual({ minimumGroups: 2 });
  // With what was kept, nothing is done again.
  const again = [
    await runAggregate({ workspace, ...(await keptAggregateSettings(workspace)) }),
    await runGate({ workspace, policy: await keptGatePolicy(workspace) }),
    await runRelease({ workspace, ...(await keptReleaseSettings(workspace)) }),
  ];
  expect(again.map(({ skipped }) => skipped)).toEqual([true, true, true]);
});
