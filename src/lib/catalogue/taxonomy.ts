import { z } from "zod";
import { InputError } from "../errors.js";

/** Medical specialties on two levels, in Chinese and English; a crosswalk table maps items to it. */

const specialty = z.strictObject({
  code: z.string().min(1),
  name: z.strictObject({ en: z.string().min(1), zh: z.string().min(1) }),
});

/** Checks a taxonomy file. */
export const taxonomySchema = z.strictObject({
  schema: z.literal("medbench-taxonomy/1"),
  id: z.string(),
  source: z.string(),
  note: z.string().optional(),
  primary: z.array(specialty.extend({ secondary: z.array(specialty) })).min(1),
});

/** A list of medical specialties on two levels. */
export type Taxonomy = z.infer<typeof taxonomySchema>;

/** One specialty of the taxonomy. */
export interface SpecialtyEntry {
  readonly code: string;
  readonly level: "primary" | "secondary";
  /** Code of the primary specialty above; null for a primary one. */
  readonly parent: string | null;
  readonly name: { readonly en: string; readonly zh: string };
}

/** A taxonomy's entries, each primary before its secondaries, with lookup by code. */
export interface TaxonomyIndex {
  readonly entries: readonly SpecialtyEntry[];
  /** The entry with this code, or null. */
  find(code: string): SpecialtyEntry | null;
  /** Why a pair from a crosswalk is invalid, or null if it is valid; null codes mean "no specialty given". */
  objection(primary: string | null, secondary: string | null): string | null;
}

/**
 * Indexes a taxonomy for lookups by code.
 *
 * @throws InputError if a code occurs twice, because lookups by code would then be ambiguous
 */
export function indexTaxonomy(taxonomy: Taxonomy): TaxonomyIndex {
  const entries: SpecialtyEntry[] = [];
  for (const { secondary, ...primary } of taxonomy.primary) {
    entries.push({ ...primary, level: "primary", parent: null });
    for (const child of secondary) entries.push({ ...child, level: "secondary", parent: primary.code });
  }
  const byCode = new Map<string, SpecialtyEntry>();
  for (const entry of entries) {
    if (byCode.has(entry.code)) {
      throw new InputError(`taxonomy ${taxonomy.id}: code "${entry.code}" occurs twice`, {
        hint: "Give every specialty, primary or secondary, a code of its own.",
      });
    }
    byCode.set(entry.code, entry);
  }
  const find = (code: string) => byCode.get(code) ?? null;
  return { entries, find, objection: (primary, secondary) => objection(find, primary, secondary) };
}

function objection(
  find: TaxonomyIndex["find"],
  primary: string | null,
  secondary: string | null,
): string | null {
  if (primary === null) return secondary === null ? null : `secondary "${secondary}" without a primary`;
  if (find(primary)?.level !== "primary") return `"${primary}" is not a primary specialty`;
  if (secondary === null) return null;
  const child = find(secondary);
  if (child?.level !== "secondary") return `"${secondary}" is not a secondary specialty`;
  return child.parent === primary ? null : `"${secondary}" belongs to "${child.parent}", not to "${primary}"`;
}
