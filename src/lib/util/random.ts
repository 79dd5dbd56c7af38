/** A source of uniform numbers in [0, 1), the same sequence for the same seed on every machine. */
export type Random = () => number;

/**
 * Seeded generator: sfc32 (Chris Doty-Humphrey's PractRand) started from a string or an integer through 32-bit
 * mixing, so that neighboring seeds give unrelated sequences. Not for secrets.
 */
export function createRandom(seed: number | string): Random {
  let hash = 2166136261;
  for (const character of String(seed)) {
    hash = Math.imul(hash ^ (character.codePointAt(0) as number), 16777619);
  }
  const next32 = () => {
    hash = (hash + 0x9e3779b9) | 0;
    let t = hash ^ (hash >>> 16);
    t = Math.imul(t, 0x21f0aaad);
    t ^= t >>> 15;
    t = Math.imul(t, 0x735a2d97);
    return (t ^ (t >>> 15)) | 0;
  };
  let a = next32();
  let b = next32();
  let c = next32();
  let counter = 1;
  const random = () => {
    const t = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + t) | 0;
    return (t >>> 0) / 4294967296;
  };
  for (let i = 0; i < 12; i += 1) random();
  return random;
}

/** Integer in [0, n). */
export function randomInteger(random: Random, n: number): number {
  return Math.floor(random() * n);
}

/** Standard normal variate (Box-Muller, one of the pair). */
export function randomNormal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** A fresh array in random order (Fisher-Yates). */
export function shuffled<T>(values: readonly T[], random: Random): T[] {
  const result = [...values];
  for (let i = result.length - 1; i > 0; i -= 1) {
    const j = randomInteger(random, i + 1);
    const held = result[i] as T;
    result[i] = result[j] as T;
    result[j] = held;
  }
  return result;
}
