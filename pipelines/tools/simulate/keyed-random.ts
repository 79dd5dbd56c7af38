import { createRandom, type Random } from "../../../src/lib/util/random.js";

/**
 * A separate random sequence for everything with a name in the simulation. A system's answer to item 7 therefore does not
 * depend on what was generated before it, so files can be written in any order, and judgments of a response can be
 * generated later without keeping it: ten million responses need no more memory than ten.
 */
export type KeyedRandom = (...key: readonly (string | number)[]) => Random;

export function keyedRandom(seed: number): KeyedRandom {
  return (...key) => createRandom(`${seed}/${key.join("/")}`);
}

/** One of the values, all equally likely. */
export function pick<T>(values: readonly T[], random: Random): T {
  // An index below the length always has a value; callers never pass empty lists.
  return values[Math.floor(random() * values.length)] as T;
}

/** `count` different values in random order. */
export function pickSome<T>(values: readonly T[], count: number, random: Random): T[] {
  const left = [...values];
  const taken: T[] = [];
  while (taken.length < count && left.length > 0) {
    taken.push(...left.splice(Math.floor(random() * left.length), 1));
  }
  return taken;
}
