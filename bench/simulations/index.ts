import { kappaScenario } from "./agreement.js";
import type { Scenario } from "./coverage-result.js";
import { biasedJudgeScenario, clusteredJudgeScenario, stratifiedJudgeScenario } from "./judge.js";
import { clusterMeanScenario, compositeScenario } from "./means.js";
import { rankScenario } from "./ranks.js";

/** Every scenario with known truth, and the number of runs in a full simulation. */
export const scenarios: readonly { readonly scenario: Scenario; readonly fullRuns: number }[] = [
  { scenario: clusterMeanScenario, fullRuns: 10_000 },
  { scenario: compositeScenario, fullRuns: 4000 },
  { scenario: kappaScenario, fullRuns: 20_000 },
  { scenario: biasedJudgeScenario, fullRuns: 10_000 },
  { scenario: stratifiedJudgeScenario, fullRuns: 4000 },
  { scenario: clusteredJudgeScenario, fullRuns: 4000 },
  { scenario: rankScenario, fullRuns: 3000 },
];
