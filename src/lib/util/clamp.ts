/** `value` moved to the nearest point of [`least`, `most`]; NaN stays NaN. Without bounds: a share, [0, 1]. */
export function clamp(value: number, ...[least, most]: [] | [least: number, most: number]): number {
  return Math.min(most ?? 1, Math.max(least ?? 0, value));
}
