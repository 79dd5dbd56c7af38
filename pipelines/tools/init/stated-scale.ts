/** The two ends of a scale as people state it, `0-10` or `1 to 5`; null if that is not two numbers, the lower one first. */
export function statedScale(text: string): { readonly min: number; readonly max: number } | null {
  const ends = /^\s*(-?\d+(?:\.\d+)?)\s*(?:-|–|to|\.\.|,|:)\s*(-?\d+(?:\.\d+)?)\s*$/.exec(text);
  const [min, max] = [Number(ends?.[1]), Number(ends?.[2])];
  return min < max ? { min, max } : null;
}
