import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { indexTaxonomy, type TaxonomyIndex, taxonomySchema } from "../../src/lib/catalogue/taxonomy.js";
import { packageRoot } from "./package-root.js";

const shipped = join(packageRoot, "src", "lib", "catalogue", "data", "taxonomy-cn.json");

/** The taxonomy that comes with the program. */
export async function shippedTaxonomy(): Promise<TaxonomyIndex> {
  return indexTaxonomy(taxonomySchema.parse(JSON.parse(await readFile(shipped, "utf8"))));
}

/** The English name of a specialty, by its code; codes of other taxonomies are their own names. */
export async function specialtyNames(): Promise<(code: string) => string> {
  const taxonomy = await shippedTaxonomy();
  return (code) => (code === "" ? "no specialty" : (taxonomy.find(code)?.name.en ?? code));
}
