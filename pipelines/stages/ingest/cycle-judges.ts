import { InputError } from "../../../src/lib/errors.js";
import type { JudgeWishes } from "../../../src/lib/publication/judge-of-record.js";
import type { Source } from "./source.js";

/**
 * The judges that cycles name, by benchmark and pool.
 *
 * @throws InputError if two cycles name different judges for one pool
 */
export function cycleJudges(sources: readonly Source[]): JudgeWishes["cycles"] {
  const named = new Map<string, JudgeWishes["cycles"][number]>();
  for (const { index, pool, judge } of sources) {
    if (judge === undefined) continue;
    const { benchmark } = index;
    const key = `${benchmark}\0${pool}`;
    const other = named.get(key)?.judge ?? judge;
    if (other !== judge) {
      throw new InputError(
        `cycle.yaml: pool ${pool} of ${benchmark} has two judges: ${JSON.stringify(other)} and ${JSON.stringify(judge)}`,
        { hint: "Name the same judge in both cycles, or give the cycles pools of their own." },
      );
    }
    named.set(key, { benchmark, pool, judge });
  }
  return [...named.values()];
}
