import {
  appendFileSync,
  closeSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { waitForLock } from "../../pipelines/warehouse/lock.js";
import { holderText, thisProcess } from "../../pipelines/warehouse/lock-holder.js";
import { createRandom } from "../../src/lib/util/random.js";

/**
 * What a rival does: takes the lock in a folder many times. While it has it, it must be able to make the file
 * `witness`, which fails if another rival has made it, and it adds one to `count`, which loses counts when two do so at once.
 *
 * @param staleShare how often it leaves the lock in the name of a process that is gone, instead of giving it back
 */
export async function holdOften(
  folder: string,
  holds: number,
  staleShare: number,
  seed: string,
): Promise<void> {
  const path = join(folder, "LOCK");
  const random = createRandom(seed);
  for (let hold = 0; hold < holds; hold += 1) {
    const lock = await waitForLock(path, { doing: "holds it", onWait: () => {} });
    closeSync(openSync(join(folder, "witness"), "wx"));
    const count = Number(readFileSync(join(folder, "count"), "utf8"));
    if (random() < 0.2) await sleep(1);
    writeFileSync(join(folder, "count"), String(count + 1));
    rmSync(join(folder, "witness"));
    if (random() < staleShare) {
      // No process ever has this number.
      const gone = { ...thisProcess(), pid: 99_999_999 };
      const draft = join(folder, `gone-${gone.token}`);
      writeFileSync(draft, holderText(gone));
      renameSync(draft, path);
    } else lock.release();
  }
}

/** Takes the lock until it is killed; `log` gets a line when it has it and one before it gives it back. */
export async function holdUntilKilled(folder: string, seed: string): Promise<void> {
  const log = join(folder, "log");
  const random = createRandom(seed);
  while (true) {
    const lock = await waitForLock(join(folder, "LOCK"), { doing: "holds it", onWait: () => {} });
    appendFileSync(log, `take ${process.pid}\n`);
    if (random() < 0.5) await sleep(random() * 4);
    appendFileSync(log, `give ${process.pid}\n`);
    lock.release();
  }
}
