import taxonomyFile from "../../../src/lib/catalogue/data/taxonomy-cn.json" with { type: "json" };
import { taxonomySchema } from "../../../src/lib/catalogue/taxonomy.js";
import { type Random, randomInteger } from "../../../src/lib/util/random.js";

/** Which specialties the simulated items belong to, and where systems and judge are weak. */

export const taxonomy = taxonomySchema.parse(taxonomyFile);

/** 24 primary specialties with the share of items each has; large ones first; the last few are deliberately small. */
const shares: readonly (readonly [code: string, share: number])[] = [
  ["03", 16],
  ["04", 10],
  ["05", 7],
  ["07", 7],
  ["20", 6],
  ["19", 6],
  ["15", 5],
  ["32", 5],
  ["28", 4],
  ["16", 4],
  ["13", 4],
  ["10", 4],
  ["11", 3],
  ["12", 3],
  ["21", 3],
  ["50", 3],
  ["02", 3],
  ["30", 2],
  ["31", 2],
  ["26", 2],
  ["27", 1],
  ["09", 1],
  ["23", 1],
  ["17", 1],
];
/** Share of items that the crosswalk leaves out. */
const withoutSpecialty = 6;

/** Primary specialties in which the judge's grades do not depend on the answers. */
export const judgeBlindSpots: readonly string[] = ["13", "15"];

/** Logits that every system loses or gains in a primary specialty; the others are at 0. */
export const specialtyEffects: Readonly<Record<string, number>> = {
  "04": -0.5,
  "10": 0.4,
  "50": -0.7,
  "02": 0.3,
};

export interface ItemSpecialty {
  readonly primary: string;
  readonly secondary: string | null;
}

const total = shares.reduce((sum, [, share]) => sum + share, withoutSpecialty);

/** Primary codes with the probability that an item belongs to them; null for items without any. */
export const specialtyDistribution: readonly { readonly code: string | null; readonly share: number }[] = [
  ...shares.map(([code, share]) => ({ code, share: share / total })),
  { code: null, share: withoutSpecialty / total },
];

const secondaryCodes = new Map(
  taxonomy.primary.map(({ code, secondary }) => [code, secondary.map((child) => child.code)]),
);

/** An item's specialty, drawn by the shares; the secondary is known for nine items in ten that could have one. */
export function drawSpecialty(random: Random): ItemSpecialty | null {
  let left = random();
  for (const { code, share } of specialtyDistribution) {
    left -= share;
    if (left >= 0 || code === null) continue;
    const below = secondaryCodes.get(code) ?? [];
    const known = below.length > 0 && random() < 0.9;
    return { primary: code, secondary: known ? (below[randomInteger(random, below.length)] ?? null) : null };
  }
  return null;
}
