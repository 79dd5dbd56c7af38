import { checkoutFolder, checkoutWithPacket } from "./runner/page-folder.js";
import { describePage, readPage } from "./runner/page-suite.js";
import { commandsReference } from "./runner/pages.js";

/** The examples of `--help`, which the reference shows: those of each command in a checkout of their own. */
for (const section of (await readPage(commandsReference)).split(/^(?=## medbench )/m)) {
  const command = /^## (medbench [\w-]+)/.exec(section)?.[1];
  if (command === undefined) continue;
  const needsPacket = section.includes("ingest packet") && !section.includes("--out packet");
  describePage(`help of ${command}`, section, { folder: needsPacket ? checkoutWithPacket : checkoutFolder });
}
