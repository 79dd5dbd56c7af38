import { forbidDownloads, seedFrameworkCache } from "./pipelines/publish/framework-offline.js";
import { wordsFor } from "./src/components/words.js";

// Framework has no option for this and reads it after the configuration is loaded.
process.env["OBSERVABLE_TELEMETRY_DISABLE"] = "1";
forbidDownloads();
await seedFrameworkCache("src");

const { nav, site } = wordsFor("en");

const icon =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E%3Crect width='16' height='16' rx='3' fill='%230b6e75'/%3E%3Cpath d='M3 5h7M3 8h10M3 11h5' stroke='white' stroke-width='1.6' stroke-linecap='round'/%3E%3C/svg%3E";

export default {
  root: "src",
  output: process.env["MEDBENCH_SITE_OUTPUT"] ?? "dist",
  title: site.title,
  home: site.home,
  style: "style.css",
  // The default stylesheet is a font of another site's; the report makes no request that leaves its own.
  globalStylesheets: [],
  head: `<link rel="icon" href="${icon}"><meta name="color-scheme" content="light dark">`,
  footer: site.footer,
  toc: false,
  search: false,
  // Half the start of the tsx command, which starts a second process.
  interpreters: { ".ts": [process.execPath, "--import", "tsx"] },
  typographer: true,
  // Links end in .html, so that a file server without rewriting rules can serve the site.
  preserveExtension: true,
  pages: [
    { name: nav.leaderboard, path: "/leaderboard" },
    { name: nav.distributions, path: "/distributions" },
    { name: nav.specialties, path: "/specialties" },
    { name: nav.judge, path: "/judge" },
    { name: nav.quality, path: "/quality" },
    {
      name: nav.methods,
      path: "/methods/",
      pages: [
        { name: nav.methodsReading, path: "/methods/reading" },
        { name: nav.methodsRollUp, path: "/methods/roll-up" },
        { name: nav.methodsIntervals, path: "/methods/intervals" },
        { name: nav.methodsSpecialties, path: "/methods/specialties" },
        { name: nav.methodsOutcomes, path: "/methods/outcomes" },
        { name: nav.methodsIdentity, path: "/methods/identity" },
      ],
    },
    {
      name: nav.statistics,
      open: false,
      pages: [
        { name: nav.statisticsAgreement, path: "/methods/statistics/agreement" },
        { name: nav.statisticsIntervals, path: "/methods/statistics/intervals" },
        { name: nav.statisticsComparisons, path: "/methods/statistics/comparisons" },
        { name: nav.statisticsClassification, path: "/methods/statistics/classification" },
        { name: nav.statisticsRanking, path: "/methods/statistics/ranking" },
        { name: nav.statisticsCalibration, path: "/methods/statistics/calibration" },
        { name: nav.statisticsItemResponse, path: "/methods/statistics/item-response" },
        { name: nav.statisticsPower, path: "/methods/statistics/power" },
      ],
    },
    { name: nav.downloads, path: "/downloads" },
  ],
};
