/**
 * Rounds half away from zero, based on the decimal number that a reader sees and not on its binary form: 61.65 is
 * stored as 61.649999..., for which `toFixed(1)` gives 61.6, but the board shows 61.7.
 *
 * The value is first rounded to 12 significant digits, which removes the error of a few additions (98.35 computed as
 * 98.34999999999999) without affecting the digit that decides. NaN stays NaN.
 *
 * @param digits decimals to keep, an integer in [0, 9]
 */
export function roundHalfUp(value: number, digits = 1): number {
  if (!Number.isFinite(value)) return value;
  const [mantissa = "0", exponent = "0"] = Math.abs(value).toExponential(11).split("e");
  const scaled = Number(`${mantissa}e${Number(exponent) + digits}`);
  const rounded = Math.floor(scaled + 0.5);
  return Math.sign(value) * Number(`${rounded}e-${digits}`) || 0;
}

/** Text with exactly `digits` decimals after `roundHalfUp`; "–" where undefined. */
export function formatRounded(value: number | null | undefined, digits = 1): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return "–";
  return roundHalfUp(value, digits).toFixed(digits);
}
