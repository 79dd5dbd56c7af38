import { clusteredKappa } from "../../../src/lib/agreement/clustered-kappa.js";
import { validityMap } from "../../../src/lib/calibration/validity-map.js";
import type { Random } from "../../../src/lib/util/random.js";
import { errorSdFor } from "../exact-truth.js";
import { type Both, defineScenario } from "../frame/scenario.js";
import { type GradeShape, gradedPairs, grades } from "../hard-data.js";

const target = 0.8;

interface MapSetting {
  readonly label: Both;
  readonly items: number;
  readonly shape: GradeShape;
  /** True kappa of each of the 24 specialties. */
  readonly kappas: readonly number[];
}

function mapOf(random: Random, { items, shape, kappas }: MapSetting, errors: ReadonlyMap<number, number>) {
  return validityMap(
    kappas.map((kappa, slice) => {
      const pairs = gradedPairs(random, { items, shape, errorSd: errors.get(kappa) as number, raters: 2 });
      const found = clusteredKappa(pairs, { categories: grades });
      return { ...found, name: String(slice), kappa: found.estimate, nGroups: found.nClusters };
    }),
  );
}

const errorsOf = ({ shape, kappas }: MapSetting) =>
  new Map([...new Set(kappas)].map((kappa) => [kappa, errorSdFor(shape, kappa)] as const));

const equal = (kappa: number) => new Array<number>(24).fill(kappa);

/** Specialties in which the judge reaches the target: none may be declared to miss it. */
export const soundSpecialtiesScenario = defineScenario({
  name: "validity-of-sound-specialties",
  ground: "hard",
  title: {
    en: "24 specialties in which the judge is good enough",
    zh: "评审模型在 24 个专科都足够好",
  },
  fullRuns: 400,
  smallRuns: 20,
  measures: {
    refuted: {
      label: { en: "studies that refute a sound specialty", zh: "否定了合格专科的研究" },
      kind: "rate",
      each: { most: 0.05 },
    },
  },
  settings: [16, 40].flatMap((items) =>
    (
      [
        ["symmetric", "grades in the middle", "分数居中"],
        ["verySkewed", "four fifths of the grades at the top", "五分之四满分"],
      ] as const
    ).flatMap(([shape, en, zh]) =>
      [0.85, 0.8].map((kappa) => ({
        label: {
          en: `${items} items each, kappa ${kappa}; ${en}`,
          zh: `每专科 ${items} 题，κ ${kappa}；${zh}`,
        },
        ...{ items, shape, kappas: equal(kappa) },
      })),
    ),
  ),
  prepare: (setting, random, record) => {
    const errors = errorsOf(setting);
    return () => {
      const cells = mapOf(random, setting, errors);
      record.event(
        "refuted",
        cells.some(({ pMissesTarget }) => pMissesTarget !== null && pMissesTarget <= 0.05),
      );
    };
  },
});

/** Two specialties below the target among 22 good ones: they may not pass on the strength of the others. */
export const weakSpecialtyScenario = defineScenario({
  name: "validity-of-a-weak-specialty",
  ground: "hard",
  title: {
    en: "Two specialties in which the judge is not good enough, among 22 good ones",
    zh: "22 个合格专科之中有两个不合格",
  },
  fullRuns: 400,
  smallRuns: 20,
  measures: {
    supported: {
      label: { en: "weak specialties that pass", zh: "通过的不合格专科" },
      kind: "rate",
      each: { most: 0.1 },
    },
  },
  settings: [16, 40].flatMap((items) =>
    [
      [0.9, 0.7],
      [0.9, 0.5],
    ].map(([good = 0, weak = 0]) => ({
      label: {
        en: `${items} items each, kappa ${weak} among ${good}`,
        zh: `每专科 ${items} 题，${good} 之中有 ${weak}`,
      },
      limits: items < 40 ? {} : { supported: { most: 0.05 } },
      ...{ items, shape: "symmetric" as const, kappas: [...equal(good).slice(2), weak, weak] },
    })),
  ),
  prepare: (setting, random, record) => {
    const errors = errorsOf(setting);
    const weakest = Math.min(...setting.kappas, target);
    return () => {
      const cells = mapOf(random, setting, errors);
      const weak = cells.filter((_, i) => setting.kappas[i] === weakest);
      const passed = weak.filter(
        ({ status, action }) => status !== "not validated" && action !== "recalibrate",
      );
      record.value("supported", passed.length / weak.length);
    };
  },
});
