import { type Random, randomNormal } from "../../../src/lib/util/random.js";
import { normalCdf } from "../../../src/lib/util/special.js";
import type { SimulatedFile } from "./datasets.js";
import type { KeyedRandom } from "./keyed-random.js";
import { specialtyEffects } from "./specialties.js";
import type { SimulatedSystem } from "./systems.js";

/** Standard deviation of the item effect, shared by all variants of an item and by all systems (logits). */
export const itemSd = 0.9;
/** Standard deviation of the response effect of judged answers, by which answers differ in quality (logits). */
export const responseSd = 0.6;

/** Logit of a system on an average item of a file, without specialty: ability, difficulty and their interaction. */
export function baseLogit(key: KeyedRandom, system: SimulatedSystem, file: SimulatedFile): number {
  const name = `${file.dataset}/${file.part}`;
  const difficulty = 0.5 * randomNormal(key("difficulty", name)) - startingEase(file);
  const interaction = 0.25 * randomNormal(key("interaction", system.id, name));
  return system.ability - difficulty + interaction + file.hard.ease;
}

/** Five right answers in a row are rare unless each is easy; without this every group score would be near 0. */
function startingEase(file: SimulatedFile): number {
  if (file.variants > 1) return 1.8;
  return file.kind.judged ? 0.3 : 0.8;
}

export const specialtyEffect = (code: string | null) => (code === null ? 0 : (specialtyEffects[code] ?? 0));

export const drawItemEffect = (random: Random) => itemSd * randomNormal(random);

export const logistic = (x: number) => 1 / (1 + Math.exp(-x));

/** Logits at which expected values are tabulated; steps are small compared with every spread used here. */
export const logitGrid: readonly number[] = Array.from({ length: 481 }, (_, i) => -12 + 0.05 * i);

/** Probability of each cell of the grid for a normal logit; the mass outside the grid goes to its ends. */
export function normalWeights(mean: number, sd: number): number[] {
  let below = 0;
  return logitGrid.map((x, i) => {
    const upTo = i === logitGrid.length - 1 ? 1 : normalCdf((x + 0.025 - mean) / sd);
    const weight = upTo - below;
    below = upTo;
    return weight;
  });
}

/** Expected value of a curve given at the points of the grid. */
export function gridMean(curve: readonly number[], weights: readonly number[]): number {
  let total = 0;
  for (let i = 0; i < weights.length; i += 1) total += weights[i]! * curve[i]!;
  return total;
}
