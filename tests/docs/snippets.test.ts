import { checkoutFolder } from "./runner/page-folder.js";
import { describePage, readPage } from "./runner/page-suite.js";
import { isGuide, pages, slowPages } from "./runner/pages.js";

for (const page of pages.filter((page) => !slowPages.includes(page) && !isGuide(page)))
  describePage(page, await readPage(page), { folder: checkoutFolder });
