import { clusteredKappa } from "../../../src/lib/agreement/clustered-kappa.js";
import { earlierKappaInterval } from "../earlier-rules/kappa.js";
import { populationKappa } from "../exact-truth.js";
import { type Both, defineScenario, type Limit, labels, type Measure } from "../frame/scenario.js";
import { type GradedDesign, type GradeShape, gradedPairs, grades } from "../hard-data.js";

const shapeNames: Readonly<Record<GradeShape, Both>> = {
  symmetric: { en: "grades in the middle", zh: "分数居中" },
  skewed: { en: "half of the grades at the top", zh: "半数满分" },
  verySkewed: { en: "four fifths of the grades at the top", zh: "五分之四满分" },
};

type KappaSetting = GradedDesign & {
  readonly label: Both;
  readonly limits?: Readonly<Record<string, Limit | null>>;
};

function setting(design: GradedDesign, limits?: Readonly<Record<string, Limit | null>>): KappaSetting {
  const { items, shape, raters = 1, systems = 1 } = design;
  const { en, zh } = shapeNames[shape];
  return {
    ...design,
    ...(limits === undefined ? {} : { limits }),
    label: {
      en: `${items} items, ${raters} rater${raters > 1 ? "s" : ""}, ${systems} system${systems > 1 ? "s" : ""}; ${en}`,
      zh: `${items} 题，${raters} 位评分者，${systems} 个系统；${zh}`,
    },
  };
}

const earlier: Measure = { label: labels.earlier, kind: "coverage" };

function kappaScenarioOf(
  { name, ground, title }: { name: string; ground: "easy" | "hard"; title: Both },
  released: Measure,
  settings: readonly KappaSetting[],
) {
  return defineScenario({
    ...{ name, ground, title, settings },
    ...{ fullRuns: 1500, smallRuns: 120 },
    measures: { released: { ...released, baseline: "earlier" }, earlier },
    prepare: (design, random, record) => {
      const truth = populationKappa(design.shape, design.errorSd);
      return () => {
        const kappa = clusteredKappa(gradedPairs(random, design), { categories: grades });
        record.interval("released", kappa, truth);
        record.interval("earlier", earlierKappaInterval(kappa.estimate, kappa.standardError), truth);
      };
    },
  });
}

/** Kappa of a judge with physicians on a few hundred items with grades in the middle. */
export const middlingKappaScenario = kappaScenarioOf(
  {
    name: "kappa-on-many-items",
    ground: "easy",
    title: { en: "Kappa of the judge, many items", zh: "评审模型的 κ，题目较多" },
  },
  { label: labels.released, kind: "coverage", each: { least: 0.93 } },
  [
    setting({ items: 200, shape: "symmetric", errorSd: 0.45 }),
    setting({ items: 300, shape: "symmetric", errorSd: 0.3, raters: 2 }),
  ],
);

/** Kappa of one specialty: a dozen to a hundred items, most grades at the top. */
export const skewedKappaScenario = kappaScenarioOf(
  {
    name: "kappa-with-skewed-grades",
    ground: "hard",
    title: { en: "Kappa of the judge in a specialty", zh: "评审模型在一个专科的 κ" },
  },
  {
    label: labels.released,
    kind: "coverage",
    each: { least: 0.92, withheldAtMost: 0.02 },
  },
  [
    ...(["symmetric", "skewed", "verySkewed"] as const).flatMap((shape) => [
      // A dozen items may be too few to say anything.
      setting(
        { items: 12, shape, errorSd: 0.45, raters: 2 },
        { released: { least: 0.92, withheldAtMost: 0.1 } },
      ),
      setting({ items: 20, shape, errorSd: 0.45 }, { released: { least: 0.92, withheldAtMost: 0.1 } }),
      setting({ items: 40, shape, errorSd: 0.45 }),
      setting({ items: 40, shape, errorSd: 0.45, raters: 2 }),
      setting({ items: 100, shape, errorSd: 0.45 }),
    ]),
    setting(
      { items: 16, shape: "skewed", errorSd: 0.45, raters: 2, systems: 3 },
      { released: { least: 0.92, withheldAtMost: 0.1 } },
    ),
  ],
);
