export interface Cost {
  /** Processor time of this process on all cores, in milliseconds. */
  readonly cpu: number;
  /** Elapsed milliseconds. */
  readonly wall: number;
}

export async function costOf(work: () => Promise<unknown>): Promise<Cost> {
  const before = process.cpuUsage();
  const start = performance.now();
  await work();
  const wall = performance.now() - start;
  const { user, system } = process.cpuUsage(before);
  return { cpu: (user + system) / 1000, wall };
}
