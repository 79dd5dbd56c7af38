import { checkoutFolder } from "./runner/page-folder.js";
import { describePage, readPage } from "./runner/page-suite.js";
import { commandsReference, isGuide, pages, slowPages } from "./runner/pages.js";

for (const page of pages)
  if (!slowPages.includes(page) && !isGuide(page) && page !== commandsReference)
    describePage(page, await readPage(page), { folder: checkoutFolder });
