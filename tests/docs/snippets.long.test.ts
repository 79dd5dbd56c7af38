import { checkoutFolder } from "./runner/page-folder.js";
import { describePage, readPage } from "./runner/page-suite.js";
import { slowPages } from "./runner/pages.js";

for (const page of slowPages) describePage(page, await readPage(page), { folder: checkoutFolder });
