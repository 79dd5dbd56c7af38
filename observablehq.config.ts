import { writeChinesePages } from "./pipelines/stages/publish/chinese-pages.js";
import { forbidDownloads, seedFrameworkCache } from "./pipelines/stages/publish/framework-offline.js";
import { languageOf } from "./pipelines/stages/publish/site-languages.js";
import { stubJudgeBanner } from "./pipelines/stages/publish/stub-judge-banner.js";
import { type Language, wordsFor } from "./src/components/words.js";

// Framework has no option for this and reads it after the configuration is loaded.
process.env["OBSERVABLE_TELEMETRY_DISABLE"] = "1";
forbidDownloads();
await seedFrameworkCache("src");
await writeChinesePages("src");

/** The navigation in one language; the publisher leaves on each page that of its own (`pruneSidebar`). */
function pagesIn(language: Language) {
  const { nav } = wordsFor(language);
  const at = (name: string, path: string) => ({
    name,
    path: language === "zh" ? `/zh${path}` : path,
    // Next and previous page stay inside a language.
    pager: language === "zh" ? "zh" : "main",
  });
  return [
    at(nav.leaderboard, "/leaderboard"),
    at(nav.distributions, "/distributions"),
    at(nav.specialties, "/specialties"),
    at(nav.judge, "/judge"),
    at(nav.quality, "/quality"),
    {
      ...at(nav.methods, "/methods/"),
      pages: [
        at(nav.methodsReading, "/methods/reading"),
        at(nav.methodsRollUp, "/methods/roll-up"),
        at(nav.methodsIntervals, "/methods/intervals"),
        at(nav.methodsSpecialties, "/methods/specialties"),
        at(nav.methodsOutcomes, "/methods/outcomes"),
        at(nav.methodsIdentity, "/methods/identity"),
        at(nav.methodsTrials, "/methods/trials"),
      ],
    },
    {
      name: nav.statistics,
      open: false,
      pages: [
        at(nav.statisticsAgreement, "/methods/statistics/agreement"),
        at(nav.statisticsIntervals, "/methods/statistics/intervals"),
        at(nav.statisticsComparisons, "/methods/statistics/comparisons"),
        at(nav.statisticsClassification, "/methods/statistics/classification"),
        at(nav.statisticsRanking, "/methods/statistics/ranking"),
        at(nav.statisticsCalibration, "/methods/statistics/calibration"),
        at(nav.statisticsItemResponse, "/methods/statistics/item-response"),
        at(nav.statisticsPower, "/methods/statistics/power"),
      ],
    },
    at(nav.downloads, "/downloads"),
  ];
}

const icon =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E%3Crect width='16' height='16' rx='3' fill='%230b6e75'/%3E%3Cpath d='M3 5h7M3 8h10M3 11h5' stroke='white' stroke-width='1.6' stroke-linecap='round'/%3E%3C/svg%3E";

export default {
  root: "src",
  output: process.env["MEDBENCH_SITE_OUTPUT"] ?? "dist",
  title: wordsFor("en").site.title,
  home: wordsFor("en").site.home,
  style: "style.css",
  // The default stylesheet is a font of another site's; the report makes no request that leaves its own.
  globalStylesheets: [],
  head: `<link rel="icon" href="${icon}"><meta name="color-scheme" content="light dark">`,
  header: ({ path }: { readonly path: string }) => stubJudgeBanner(languageOf(path)),
  footer: ({ path }: { readonly path: string }) => wordsFor(languageOf(path)).site.footer,
  toc: false,
  search: false,
  // Half the start of the tsx command, which starts a second process.
  interpreters: { ".ts": [process.execPath, "--import", "tsx"] },
  typographer: true,
  // Links end in .html, so that a file server without rewriting rules can serve the site.
  preserveExtension: true,
  pages: [...pagesIn("en"), ...pagesIn("zh")],
};
