import type { Scenario } from "./frame/scenario.js";
import { altTestScenario } from "./scenarios/alt-test.js";
import {
  clusterMeanScenario,
  compositeNearCeilingScenario,
  compositeScenario,
} from "./scenarios/composites.js";
import {
  dimensionBiasScenario,
  rareErrorScenario,
  uniformBiasScenario,
} from "./scenarios/corrected-composites.js";
import { driftPanelScenario } from "./scenarios/drift-panel.js";
import { fewClustersScenario } from "./scenarios/few-clusters.js";
import {
  biasedJudgeScenario,
  clusteredJudgeScenario,
  stratifiedJudgeScenario,
} from "./scenarios/judge-means.js";
import { kappaScenario } from "./scenarios/kappas.js";
import { pooledSpecialtiesScenario } from "./scenarios/pooled-specialties.js";
import { randomRatersScenario } from "./scenarios/random-raters.js";
import { rankScenario } from "./scenarios/ranks.js";
import { ratingPlannerScenario } from "./scenarios/rating-planner.js";
import { lowGradesOnlyScenario, packetScenario, weightedKappaScenario } from "./scenarios/rating-samples.js";
import { middlingKappaScenario, skewedKappaScenario } from "./scenarios/skewed-kappas.js";
import { tiedRanksScenario } from "./scenarios/tied-ranks.js";
import { unsafeDetectionScenario } from "./scenarios/unsafe-detection.js";
import { soundSpecialtiesScenario, weakSpecialtyScenario } from "./scenarios/validity-maps.js";

/** Every simulation with known truth, in the order of the page. */
export const scenarios: readonly Scenario[] = [
  clusterMeanScenario,
  compositeScenario,
  compositeNearCeilingScenario,
  fewClustersScenario,
  pooledSpecialtiesScenario,
  rankScenario,
  tiedRanksScenario,
  biasedJudgeScenario,
  stratifiedJudgeScenario,
  clusteredJudgeScenario,
  uniformBiasScenario,
  dimensionBiasScenario,
  rareErrorScenario,
  packetScenario,
  lowGradesOnlyScenario,
  randomRatersScenario,
  kappaScenario,
  middlingKappaScenario,
  skewedKappaScenario,
  weightedKappaScenario,
  ratingPlannerScenario,
  unsafeDetectionScenario,
  soundSpecialtiesScenario,
  weakSpecialtyScenario,
  altTestScenario,
  driftPanelScenario,
];
