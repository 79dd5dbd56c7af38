import { createHash } from "node:crypto";
import { groupBy } from "../../../src/lib/util/group-by.js";
import type { Source } from "./source.js";
import type { SourceFile } from "./source-files.js";

/** A run found in answers; facts about its system come from the systems table. */
export interface AnswerRun {
  readonly run_id: string;
  readonly system: string;
  readonly benchmark: string;
  readonly pool: string;
  readonly board: string;
  readonly track: string;
  readonly source: string;
  /** SHA-256 of the file if there is only one, otherwise of the list of files with their hashes. */
  readonly source_hash: string;
}

/** Id of a system's run in one track: different boards and pools never share a run. */
export function runIdOf(source: Pick<Source, "system" | "board" | "pool">, track: string): string {
  return `${source.system}.${track}.${source.board}.${source.pool}`;
}

/** The runs found in files of answers. */
export function runsOf(
  answers: readonly { readonly source: Source; readonly file: SourceFile; readonly track: string }[],
): AnswerRun[] {
  const runs = groupBy(answers, ({ source, track }) => runIdOf(source, track));
  return [...runs]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([id, own]) => {
      const [{ source, track }] = own as [(typeof answers)[number]];
      return {
        run_id: id,
        system: source.system,
        benchmark: source.index.benchmark,
        pool: source.pool,
        board: source.board,
        track,
        source: source.name,
        source_hash: hashOf(new Map(own.map(({ file }) => [`${file.source}/${file.file}`, file.sha256]))),
      };
    });
}

function hashOf(files: ReadonlyMap<string, string>): string {
  if (files.size === 1) return [...files.values()][0] as string;
  const list = [...files]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([file, sha256]) => `${sha256}  ${file}\n`);
  return createHash("sha256").update(list.join("")).digest("hex");
}
