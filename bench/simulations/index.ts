import type { Scenario } from "./frame/scenario.js";
import {
  clusterMeanScenario,
  compositeNearCeilingScenario,
  compositeScenario,
} from "./scenarios/composites.js";
import {
  biasedJudgeScenario,
  clusteredJudgeScenario,
  stratifiedJudgeScenario,
} from "./scenarios/judge-means.js";
import { kappaScenario } from "./scenarios/kappas.js";
import { rankScenario } from "./scenarios/ranks.js";

/** Every simulation with known truth, in the order of the page. */
export const scenarios: readonly Scenario[] = [
  clusterMeanScenario,
  compositeScenario,
  compositeNearCeilingScenario,
  kappaScenario,
  biasedJudgeScenario,
  stratifiedJudgeScenario,
  clusteredJudgeScenario,
  rankScenario,
];
