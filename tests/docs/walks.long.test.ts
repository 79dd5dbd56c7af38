import { rm } from "node:fs/promises";
import { emptyFolder } from "./runner/page-folder.js";
import { describePage, readPage } from "./runner/page-suite.js";
import { isGuide, pages } from "./runner/pages.js";

/** The guides from an empty folder: every block, in order, with nothing but what the page gives. */
for (const page of pages.filter(isGuide)) describePage(page, await readPage(page), { folder: emptyFolder });
