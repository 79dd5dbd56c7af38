/** `value` moved to the nearest point of [`least`, `most`]; NaN stays NaN. Default: a share, [0, 1]. */
export function clamp(value: number, least = 0, most = 1): number {
  return Math.min(most, Math.max(least, value));
}
