import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join, posix, relative, sep } from "node:path";
import { InputError } from "../../src/lib/errors.js";
import { isInUse, placeFile, renameInto, syncFile, syncFolder, syncInBackground } from "./disk.js";
import { hashFile } from "./hash.js";
import { type Lock, takeLock } from "./lock.js";
import { holderText, parseHolder, stateOf } from "./lock-holder.js";
import { withPath } from "./system-error.js";

/**
 * A folder whose content changes as a whole: `root/CURRENT` names the current version, `root/v-<hash>/` contains its files
 * and `manifest.json`. A process killed at any moment leaves the old version or the new one, never a mix, because the
 * last step is the rename of one small file and everything it points to has been synced to disk before.
 */

export interface FileRecord {
  readonly file: string;
  readonly sha256: string;
  readonly bytes: number;
}

export interface Manifest {
  readonly schema: "medbench-versioned-folder/1";
  readonly files: readonly FileRecord[];
  /** Records of the stages, by stage name. They contain no times, so equal inputs give equal bytes. */
  readonly stages: Readonly<Record<string, unknown>>;
}

export interface Version {
  readonly id: string;
  readonly folder: string;
  readonly manifest: Manifest;
}

const schema = "medbench-versioned-folder/1";

/** The current version, or null if nothing has been published yet. */
export async function currentVersion(root: string): Promise<Version | null> {
  const pointer = join(root, "CURRENT");
  const id = await readFile(pointer, "utf8")
    .catch((error) => {
      throw withPath(error, pointer);
    })
    .catch(missingAsNull);
  if (id === null) return null;
  const folder = join(root, id.trim());
  const text = await readFile(join(folder, "manifest.json"), "utf8").catch((cause) => {
    throw new InputError(`${root}: CURRENT names ${id.trim()}, whose manifest cannot be read`, {
      hint: `Delete ${root} and run the stages again; the raw files are untouched.`,
      cause,
    });
  });
  const manifest = parseManifest(text, folder);
  if (manifest.schema !== schema) {
    throw new InputError(
      `${folder}/manifest.json: schema is ${JSON.stringify(manifest.schema)}, expected ${schema}`,
      {
        hint: "Another version of the workbench wrote the folder; delete it and run the stages again.",
      },
    );
  }
  return { id: id.trim(), folder, manifest };
}

function parseManifest(text: string, folder: string): Manifest {
  try {
    return JSON.parse(text) as Manifest;
  } catch (cause) {
    throw new InputError(`${folder}/manifest.json is not JSON, so it was damaged or cut off`, {
      hint: `Delete ${dirname(folder)} and run the stages again; the raw files are untouched.`,
      cause,
    });
  }
}

/** A version that is being written; readers see nothing of it before `commit`. */
export class Draft {
  readonly root: string;
  readonly folder: string;
  /** The current version when the draft began. */
  readonly base: Version | null;
  readonly #lock: Lock;
  readonly #sealed = new Map<string, FileRecord>();

  /** @param lock on `root`, which is released when the draft ends; the draft's folder must exist */
  constructor(root: string, base: Version | null, lock: Lock) {
    this.root = root;
    this.folder = join(draftFolder(root, lock), "files");
    this.base = base;
    this.#lock = lock;
  }

  /** Absolute path for a file of the new version, given its path inside the version. */
  path(...parts: readonly string[]): string {
    return join(this.folder, ...parts);
  }

  /**
   * Syncs and hashes a finished file, so that `commit` need not: for large files that are finished while others are still
   * being written.
   *
   * @param path as returned by `path`
   */
  async seal(path: string): Promise<void> {
    await syncInBackground(path);
    const file = relative(this.folder, path).split(sep).join(posix.sep);
    this.#sealed.set(file, { file, ...hashFile(path) });
  }

  /**
   * Publishes the draft.
   *
   * @param stages records of all stages; stages that are left out are forgotten
   * @param keep which files of the previous version to keep (as hard links); the draft's own files win
   */
  async commit(stages: Manifest["stages"], keep: (file: string) => boolean = () => false): Promise<Version> {
    try {
      const known = await this.#carryOver(keep);
      const files: FileRecord[] = [];
      for (const file of await filesBelow(this.folder)) {
        files.push(known.get(file) ?? this.#sealed.get(file) ?? syncedRecord(this.folder, file));
      }
      const manifest: Manifest = { schema, files, stages };
      const text = `${JSON.stringify(manifest, null, 1)}\n`;
      await writeSynced(this.path("manifest.json"), text);
      const id = `v-${createHash("sha256").update(text).digest("hex").slice(0, 20)}`;
      const target = join(this.root, id);
      await syncTree(this.folder);
      if ((await stat(target).catch(missingAsNull)) === null) await renameInto(this.folder, target);
      else await rm(this.folder, { recursive: true, force: true });
      syncFolder(this.root);
      const pointer = join(dirname(this.folder), "CURRENT");
      await writeSynced(pointer, `${id}\n`);
      await renameInto(pointer, join(this.root, "CURRENT"));
      syncFolder(this.root);
      await sweepVersions(this.root, id);
      return { id, folder: target, manifest };
    } finally {
      await this.#end();
    }
  }

  /** Drops the draft; the current version stays. */
  async abandon(): Promise<void> {
    await this.#end();
  }

  /** Also allowed after a commit, because a stage abandons its draft if the commit fails. */
  async #end(): Promise<void> {
    try {
      await rm(dirname(this.folder), { recursive: true, force: true });
    } finally {
      this.#lock.release();
    }
  }

  /** @returns the records of the files that were linked, whose hashes are known */
  async #carryOver(keep: (file: string) => boolean): Promise<Map<string, FileRecord>> {
    const carried = new Map<string, FileRecord>();
    for (const record of this.base?.manifest.files ?? []) {
      const { file } = record;
      if (!keep(file)) continue;
      const target = this.path(...file.split("/"));
      if ((await stat(target).catch(missingAsNull)) !== null) continue;
      await placeFile(join((this.base as Version).folder, ...file.split("/")), target);
      carried.set(file, record);
    }
    return carried;
  }
}

/**
 * Starts a new version. There is one writer at a time, also within one process.
 *
 * @throws InputError when another draft is being written
 */
export async function beginDraft(root: string): Promise<Draft> {
  await mkdir(root, { recursive: true });
  const lock = takeLock(join(root, "LOCK"), {
    doing: "is writing here",
    hint: "Wait for it to end, or use another --workspace.",
  });
  const folder = draftFolder(root, lock);
  try {
    await sweepDrafts(root);
    await mkdir(folder);
    await writeFile(join(folder, ownerFile), holderText(lock.holder));
    const draft = new Draft(root, await currentVersion(root), lock);
    await mkdir(draft.folder);
    return draft;
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    lock.release();
    throw error;
  }
}

/** Contains `files/` (the new version), the next `CURRENT` and the file that names the draft's process. */
function draftFolder(root: string, lock: Lock): string {
  return join(root, `${draftPrefix}${lock.holder.token}`);
}

const draftPrefix = ".tmp-";
const ownerFile = "OWNER";

/**
 * Removes files that killed writers left; the caller must hold the lock. A draft stays unless its process is certainly
 * gone, because a user may have deleted its lock by hand.
 */
async function sweepDrafts(root: string): Promise<void> {
  for (const entry of await readdir(root, { withFileTypes: true })) {
    const folder = join(root, entry.name);
    // The name of the next CURRENT in earlier versions of medbench.
    if (entry.name.startsWith("CURRENT.")) await rm(folder, { force: true });
    if (!entry.isDirectory() || !entry.name.startsWith(draftPrefix)) continue;
    const owner = parseHolder((await readFile(join(folder, ownerFile), "utf8").catch(missingAsNull)) ?? "");
    // A draft without an owner is from an earlier version of medbench, or its process was killed at the start.
    if (owner === null || stateOf(owner) === "gone") await rm(folder, { recursive: true, force: true });
  }
}

/** Keeps the current version and the one before it, for readers that are still using it. */
async function sweepVersions(root: string, current: string): Promise<void> {
  const others: { name: string; modified: number }[] = [];
  for (const name of await readdir(root)) {
    if (name.startsWith("v-") && name !== current)
      others.push({ name, modified: (await stat(join(root, name))).mtimeMs });
  }
  others.sort((a, b) => b.modified - a.modified);
  for (const { name } of others.slice(1)) {
    try {
      await rm(join(root, name), { recursive: true, force: true });
    } catch (error) {
      // On Windows a reader keeps its version from being deleted; the next sweep does it.
      if (!isInUse(error)) throw error;
    }
  }
}

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && !(entry.parentPath === folder && entry.name === "manifest.json"))
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .split(sep)
        .join(posix.sep),
    )
    .sort();
}

function syncedRecord(folder: string, file: string): FileRecord {
  const path = join(folder, ...file.split("/"));
  syncFile(path);
  return { file, ...hashFile(path) };
}

async function writeSynced(path: string, text: string): Promise<void> {
  await writeFile(path, text);
  syncFile(path);
}

async function syncTree(folder: string): Promise<void> {
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isDirectory()) syncFolder(join(entry.parentPath, entry.name));
  }
  syncFolder(folder);
}

function missingAsNull(error: NodeJS.ErrnoException): null {
  if (error.code === "ENOENT") return null;
  throw error;
}
