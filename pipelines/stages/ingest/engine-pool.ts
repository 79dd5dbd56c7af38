import PQueue from "p-queue";
import { type Engine, openEngine } from "../../warehouse/engine.js";

/**
 * A few engines of one thread each. Statements that number lines must run in one thread; several engines keep all cores
 * busy, and because one engine writes each part file, its bytes are the same every time.
 */
export class EnginePool {
  readonly #queue: PQueue;
  readonly #idle: Engine[];

  private constructor(engines: Engine[]) {
    this.#idle = engines;
    this.#queue = new PQueue({ concurrency: engines.length });
  }

  static async open(workspace: string | undefined, size = 2): Promise<EnginePool> {
    const options = { threads: 1, workspace, memoryLimit: "300MB", memoryShare: 1 / size };
    return new EnginePool(await Promise.all(Array.from({ length: size }, () => openEngine(options))));
  }

  run<T>(work: (engine: Engine) => Promise<T>): Promise<T> {
    return this.#queue.add(async () => {
      const engine = this.#idle.pop() as Engine;
      try {
        return await work(engine);
      } finally {
        this.#idle.push(engine);
      }
    });
  }

  async close(): Promise<void> {
    await this.#queue.onIdle();
    await Promise.all(this.#idle.map((engine) => engine.close()));
  }
}
