import type { SpecialtyEntry } from "../../../src/lib/catalogue/taxonomy.js";
import type { Engine } from "../../warehouse/engine.js";
import { shippedTaxonomy } from "../../warehouse/taxonomy.js";

/**
 * All specialties in the release: the shipped taxonomy, and codes of other benchmarks that it does not contain, with the
 * code as their name.
 */
export async function taxonomyFor(engine: Engine): Promise<readonly SpecialtyEntry[]> {
  const taxonomy = await shippedTaxonomy();
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
