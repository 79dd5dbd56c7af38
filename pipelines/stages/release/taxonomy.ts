import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { indexTaxonomy, type SpecialtyEntry, taxonomySchema } from "../../../src/lib/catalogue/taxonomy.js";
import type { Engine } from "../../warehouse/engine.js";
import { packageRoot } from "../../warehouse/package-root.js";

const shipped = join(packageRoot, "src", "lib", "catalogue", "data", "taxonomy-cn.json");

/**
 * All specialties in the release: the shipped taxonomy, and codes of other benchmarks that it does not contain, with the
 * code as their name.
 */
export async function taxonomyFor(engine: Engine): Promise<readonly SpecialtyEntry[]> {
  const taxonomy = indexTaxonomy(taxonomySchema.parse(JSON.parse(await readFile(shipped, "utf8"))));
  const used = await engine.table("specialty_coverage", ["level", "specialty"], {
    distinct: true,
    where: "specialty <> ''",
    orderBy: ["level", "specialty"],
  });
  const foreign = used
    .filter(({ specialty }) => taxonomy.find(specialty) === null)
    .map(({ level, specialty }) => ({
      code: specialty,
      level,
      parent: null,
      name: { en: specialty, zh: specialty },
    }));
  return [...taxonomy.entries, ...foreign];
}
