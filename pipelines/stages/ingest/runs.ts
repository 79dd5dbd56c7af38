import { createHash } from "node:crypto";
import type { Source } from "./source.js";
import type { SourceFile } from "./source-files.js";

/** A run that answers made known; what is known of its system comes from the systems table. */
export interface AnswerRun {
  readonly run_id: string;
  readonly system: string;
  readonly benchmark: string;
  readonly pool: string;
  readonly board: string;
  readonly track: string;
  readonly source: string;
  /** SHA-256 of the one file, else of the list of files with their hashes. */
  readonly source_hash: string;
}

/** Run of a system in one track: unequal boards and pools never share one. */
export function runIdOf(source: Pick<Source, "system" | "board" | "pool">, track: string): string {
  return `${source.system}.${track}.${source.board}.${source.pool}`;
}

/** Collects which files made which run. */
export class RunList {
  readonly #runs = new Map<string, { source: Source; track: string; files: Map<string, string> }>();

  add(source: Source, track: string, file: SourceFile): void {
    const id = runIdOf(source, track);
    const run = this.#runs.get(id) ?? { source, track, files: new Map<string, string>() };
    run.files.set(`${file.source}/${file.file}`, file.sha256);
    this.#runs.set(id, run);
  }

  all(): AnswerRun[] {
    return [...this.#runs]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([id, { source, track, files }]) => ({
        run_id: id,
        system: source.system,
        benchmark: source.index.benchmark,
        pool: source.pool,
        board: source.board,
        track,
        source: source.name,
        source_hash: hashOf(files),
      }));
  }
}

function hashOf(files: ReadonlyMap<string, string>): string {
  if (files.size === 1) return [...files.values()][0] as string;
  const list = [...files]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([file, sha256]) => `${sha256}  ${file}\n`);
  return createHash("sha256").update(list.join("")).digest("hex");
}
