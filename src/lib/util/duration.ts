/**
 * A time span in words: seconds up to two minutes, minutes up to two hours, then hours.
 *
 * @param seconds at least 0
 * @example shortDuration(90) // "90 s"
 */
export function shortDuration(seconds: number): string {
  const whole = Math.round(seconds);
  if (whole < 120) return `${whole} s`;
  return whole < 7200 ? `${Math.round(whole / 60)} min` : `${(whole / 3600).toFixed(1)} h`;
}
