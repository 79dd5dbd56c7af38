/**
 * How many times more CPU time `work` takes for 8 times the size: about 8 where it is linear, 64 where it is quadratic.
 * CPU time of this process, best of 3, counted as at least 2 ms: how busy the machine is hardly matters.
 */
export function growthOf(work: (size: number) => void, size: number): number {
  const [small, large] = [size, 8 * size].map((n) =>
    Math.min(...[1, 2, 3].map(() => cpuMsOf(() => work(n)))),
  );
  return Math.max(large as number, 2) / Math.max(small as number, 2);
}

/** Between the 8 of linear work and the 64 of quadratic work. */
export const linearGrowth = 24;

function cpuMsOf(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
