import type { Random } from "../util/random.js";

/**
 * One draw from Binomial(n, p), exact at every size: inversion while the smaller tail expects fewer than ten events,
 * otherwise Hörmann's transformed rejection (BTRS), whose cost does not grow with n.
 *
 * @param random uniform numbers in [0, 1)
 * @param n trials, an integer >= 0
 * @param p probability in [0, 1]
 * @see Hörmann (1993), doi:10.1080/00949659308811496
 * @example drawBinomial(createRandom(1), 10, 1) // 10
 */
export function drawBinomial(random: Random, n: number, p: number): number {
  if (p > 0.5) return n - drawBinomial(random, n, 1 - p);
  if (n === 0 || p <= 0) return 0;
  return n * p < 10 ? byInversion(random, n, p) : byRejection(random, n, p);
}

function byInversion(random: Random, n: number, p: number): number {
  const odds = p / (1 - p);
  const step = (n + 1) * odds;
  const none = Math.exp(n * Math.log1p(-p));
  for (;;) {
    let left = random();
    let probability = none;
    // Rounding can leave a tiny probability (below 1e-15) above the last term; such a draw is repeated.
    for (let k = 0; k <= n; k += 1) {
      if (left < probability) return k;
      left -= probability;
      probability *= step / (k + 1) - odds;
    }
  }
}

function byRejection(random: Random, n: number, p: number): number {
  const spread = Math.sqrt(n * p * (1 - p));
  const b = 1.15 + 2.53 * spread;
  const a = -0.0873 + 0.0248 * b + 0.01 * p;
  const center = n * p + 0.5;
  const squeeze = 0.92 - 4.2 / b;
  for (;;) {
    const u = random() - 0.5;
    let v = random();
    const edge = 0.5 - Math.abs(u);
    const k = Math.floor(((2 * a) / edge + b) * u + center);
    if (edge >= 0.07 && v <= squeeze) return k;
    if (k < 0 || k > n) continue;
    const odds = p / (1 - p);
    const mode = Math.floor((n + 1) * p);
    v = Math.log((v * (2.83 + 5.1 / b) * spread) / (a / (edge * edge) + b));
    const bound =
      (mode + 0.5) * Math.log((mode + 1) / (odds * (n - mode + 1))) +
      (n + 1) * Math.log((n - mode + 1) / (n - k + 1)) +
      (k + 0.5) * Math.log((odds * (n - k + 1)) / (k + 1)) +
      stirlingTail(mode) +
      stirlingTail(n - mode) -
      stirlingTail(k) -
      stirlingTail(n - k);
    if (v <= bound) return k;
  }
}

const smallTails = [
  0.08106146679532726, 0.0413406959554093, 0.02767792568499834, 0.02079067210376509, 0.01664469118982119,
  0.01387612882307075, 0.01189670994589177, 0.01041126526197209, 0.009255462182712733, 0.008330563433362871,
];

/** Error of Stirling's formula for ln k!: ln k! - (ln(2 pi) / 2 + (k + 1/2) ln(k + 1) - (k + 1)), k an integer >= 0. */
export function stirlingTail(k: number): number {
  if (k < 10) return smallTails[k]!;
  const next = k + 1;
  const square = next * next;
  return (1 / 12 - (1 / 360 - 1 / 1260 / square) / square) / next;
}
