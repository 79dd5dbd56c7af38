import { driftChart } from "../../../src/lib/calibration/drift-chart.js";
import { randomInteger } from "../../../src/lib/util/random.js";
import { defineScenario } from "../frame/scenario.js";

/** A judge that does not drift, watched on several criteria for a year. */
export const driftPanelScenario = defineScenario({
  name: "drift-alarms-in-a-year",
  ground: "hard",
  title: { en: "Drift charts of a judge that does not drift", zh: "未漂移的评审模型的漂移图" },
  fullRuns: 1000,
  smallRuns: 100,
  measures: {
    alarms: {
      label: { en: "panels with a false alarm", zh: "出现误报的图组" },
      kind: "rate",
      each: { most: 0.05 },
    },
  },
  settings: [
    [1, 12],
    [6, 2],
    [6, 12],
  ].map(([charts = 0, looks = 0]) => ({
    label: {
      en: `${charts} ${charts > 1 ? "criteria" : "criterion"}, ${looks} looks, 100 anchor answers`,
      zh: `${charts} 项标准，${looks} 次检查，100 份锚定回答`,
    },
    ...{ charts, looks },
  })),
  prepare:
    ({ charts, looks }, random, record) =>
    () => {
      const panel = Array.from({ length: charts }, () => {
        const grades = Array.from({ length: 100 }, () => 1 + randomInteger(random, 5));
        const graded = () =>
          grades.map((grade) =>
            random() < 0.1 ? Math.min(5, Math.max(1, grade + (random() < 0.5 ? 1 : -1))) : grade,
          );
        const periods = Array.from({ length: looks }, (_, look) => ({ name: `${look}`, scores: graded() }));
        return driftChart(graded(), periods, { charts });
      });
      record.event(
        "alarms",
        panel.some(({ points }) => points.some(({ alarm }) => alarm)),
      );
    },
});
