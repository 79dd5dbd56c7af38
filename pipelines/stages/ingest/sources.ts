import { existsSync } from "node:fs";
import { basename, dirname, join, posix, resolve } from "node:path";
import { InputError } from "../../../src/lib/errors.js";
import { cycleSchema } from "../../../src/lib/records/cycle.js";
import type { Board, SourceRole } from "../../../src/lib/records/cycle-words.js";
import { mappingSchema } from "../../../src/lib/records/mapping.js";
import { expandGlob } from "../../formats/glob.js";
import { builtInCatalogue, defaultBenchmark, readCatalogue } from "../../warehouse/catalogue.js";
import { parseRecord, readJsonOrYaml, readYaml } from "../../warehouse/written-record.js";
import { CatalogueIndex } from "./catalogue-index.js";
import { cycleFileOf } from "./cycle-file.js";
import { guessRole } from "./guess-role.js";
import { earlierPacket } from "./packet/earlier-packet.js";
import { isPacketFile, packetFileOf, readPacketFile, referredFile } from "./packet/packet-file.js";
import type { Source, SourceRequest } from "./source.js";

const defaultPool = "default";

/** Finds the sources of requests, in order, and the files that describe them (cycle.yaml, catalogues, mappings). */
export async function findSources(
  requests: readonly SourceRequest[],
  workspace: string,
): Promise<{ sources: Source[]; settings: string[] }> {
  const sources: Source[] = [];
  const settings: string[] = [];
  const taken = new Map<string, number>();
  for (const [index, request] of requests.entries()) {
    const path = resolve(workspace, request.path);
    const name = basename(path === resolve(path, "..") ? "root" : path);
    const times = (taken.get(name) ?? 0) + 1;
    taken.set(name, times);
    const found = await findRequest(request, path, times === 1 ? name : `${name}#${times}`, workspace);
    sources.push(...found.sources.map((source) => ({ ...source, request: index })));
    settings.push(...found.settings);
  }
  return { sources: withUniqueNames(eachPacketOnce(sources)), settings: [...new Set(settings)] };
}

/** A source that does not know its request yet. */
type FoundSource = Omit<Source, "request">;

/** All returned files of a packet are read together, however often its folder was named. */
function eachPacketOnce(sources: readonly Source[]): Source[] {
  const seen = new Set<string>();
  return sources.filter(({ path, task }) => {
    if (!("packet" in task)) return true;
    const isNew = !seen.has(path);
    seen.add(path);
    return isNew;
  });
}

/** One file may have two roles, such as questions and gold; the second gets a number. */
function withUniqueNames(sources: readonly Source[]): Source[] {
  const times = new Map<string, number>();
  return sources.map((source) => {
    const n = (times.get(source.name) ?? 0) + 1;
    times.set(source.name, n);
    return n === 1 ? source : { ...source, name: `${source.name}#${n}` };
  });
}

async function findRequest(request: SourceRequest, path: string, name: string, workspace: string) {
  if (!existsSync(path)) {
    throw new InputError(`source ${path} does not exist`, {
      hint: "If it was ingested before, put it back, or forget it: medbench sources remove PATH",
    });
  }
  const cycle = request.role === undefined && request.mapping === undefined ? cycleFileOf(path) : null;
  if (cycle !== null)
    return findCycle(withoutSettings(cycle, request), cycle === path ? basename(dirname(cycle)) : name);
  const catalogue = request.catalogue === undefined ? null : resolve(workspace, request.catalogue);
  const mapping =
    request.mapping === undefined
      ? request.role === undefined
        ? packetFileOf(path)
        : null
      : resolve(workspace, request.mapping);
  const task = mapping === null ? { role: request.role ?? guessRole(path) } : await readMapping(mapping);
  const source: FoundSource = {
    name,
    path,
    task,
    index: new CatalogueIndex(catalogue === null ? await builtInCatalogue() : await readCatalogue(catalogue)),
    ...placeOf(request, task),
    system: request.system ?? systemOf(path),
  };
  return { sources: [source], settings: [catalogue, mapping].filter((file) => file !== null) };
}

/**
 * A cycle says itself what its sources are.
 *
 * @returns the file of the cycle
 * @throws InputError if the request says it too: which of the two counts would not be clear
 */
function withoutSettings(file: string, request: SourceRequest): string {
  const given = (["catalogue", "system", "board", "pool"] as const).filter(
    (name) => request[name] !== undefined,
  );
  if (given.length === 0) return file;
  throw new InputError(
    `${given.map((name) => `--${name}`).join(", ")}: not used for ${file}, which describes its sources itself`,
    { hint: `Leave the option out, and write ${given.join(", ")} into ${basename(file)}.` },
  );
}

async function findCycle(file: string, name: string) {
  const cycle = parseRecord(cycleSchema, await readJsonOrYaml(file), file);
  const folder = dirname(file);
  const settings = [file];
  if (cycle.catalogue !== undefined) settings.push(inside(folder, cycle.catalogue));
  const index = new CatalogueIndex(
    cycle.catalogue === undefined
      ? await builtInCatalogue(cycle.benchmark ?? defaultBenchmark)
      : await readCatalogue(inside(folder, cycle.catalogue)),
  );
  const sources: FoundSource[] = [];
  for (const entry of cycle.sources) {
    const paths = expandGlob(folder, entry.path);
    if (paths.length === 0) {
      throw new InputError(`${file}: source path ${JSON.stringify(entry.path)} matches nothing`, {
        hint: `Paths are relative to ${basename(file)}; remove the entry if the cycle has no such files.`,
      });
    }
    const mapping = "mapping" in entry ? inside(folder, entry.mapping) : null;
    if (mapping !== null) settings.push(mapping);
    const task =
      mapping === null ? { role: (entry as { role: SourceRole }).role } : await readMapping(mapping);
    for (const path of paths) {
      sources.push({
        name: posix.join(name, path),
        path: resolve(folder, path),
        task,
        index,
        ...placeOf(entry, task),
        system: ("system" in entry ? entry.system : undefined) ?? systemOf(path),
        entry: entry.path,
        judge: cycle.judge,
      });
    }
  }
  return { sources, settings };
}

/** Board and pool: from the source's own settings, otherwise from its mapping; responses in other layouts come from API runs. */
function placeOf(
  stated: { readonly board?: Board | undefined; readonly pool?: string | undefined },
  task: Source["task"],
): Pick<Source, "board" | "pool"> {
  const mapping = "mapping" in task ? task.mapping : null;
  return {
    board: stated.board ?? mapping?.board ?? (mapping === null ? "upload" : "api"),
    pool: stated.pool ?? mapping?.pool ?? defaultPool,
  };
}

async function readMapping(file: string): Promise<Source["task"]> {
  const content = await readYaml(file);
  if (isPacketFile(content)) {
    const other = referredFile(file, content);
    return other === null ? readPacketFile(file, content) : readPacketFile(other, await readYaml(other));
  }
  const mapping = parseRecord(mappingSchema, content, file);
  return earlierPacket(file, mapping) ?? { file, mapping };
}

function inside(folder: string, path: string): string {
  const all = expandGlob(folder, path);
  // A file whose own name has a `*` is that file.
  const found = all.find((file) => file === posix.normalize(path)) ?? all[0];
  if (all.length > 1 && found !== posix.normalize(path)) {
    throw new InputError(`${join(folder, path)} matches ${all.length} files: ${all.slice(0, 3).join(", ")}`, {
      hint: "Name one file.",
    });
  }
  if (found === undefined) {
    throw new InputError(`${join(folder, path)} does not exist`, {
      hint: `Paths are relative to ${folder}.`,
    });
  }
  return resolve(folder, found);
}

/** Name of the folder, archive or file without its extension. */
export function systemOf(path: string): string {
  return basename(path).replace(/\.(zip|jsonl(\.gz)?)$/i, "");
}
