import { tmpdir } from "node:os";
import { InputError, WorkbenchError } from "../../src/lib/errors.js";

/** The variable that names the folder for temporary files. */
const temporary = process.platform === "win32" ? "TEMP" : "TMPDIR";

interface SystemReason {
  /** The text of the error in C, which DuckDB prints instead of the code. */
  readonly text: string;
  readonly reason: string;
  readonly hint: string;
}

const again = "Nothing was published, so the same command can run again.";

/** What the operating system refuses, by the code of the error. */
const systemReasons: Readonly<Record<string, SystemReason>> = {
  ENOSPC: {
    text: "No space left on device",
    reason: "no space is left on the disk",
    hint: `Free space there, or move --workspace or the temporary files (${temporary}, now ${tmpdir()}) to a larger disk. ${again}`,
  },
  EDQUOT: {
    text: "Disk quota exceeded",
    reason: "your quota of disk space is used up",
    hint: `Delete files of yours, or move --workspace or the temporary files (${temporary}, now ${tmpdir()}) to another disk. ${again}`,
  },
  EFBIG: {
    text: "File too large",
    reason: "the file is larger than the file system or the limits of your account allow",
    hint: `Use a workspace on another file system, or raise \`ulimit -f\`. ${again}`,
  },
  EROFS: {
    text: "Read-only file system",
    reason: "the disk is read-only",
    hint: "Use a --workspace on a disk that can be written; sources can stay where they are.",
  },
  EACCES: {
    text: "Permission denied",
    reason: "you are not allowed to read or write it",
    hint: "Ask its owner for the right to read it (a folder also needs the right to enter), or use another --workspace.",
  },
  EPERM: {
    text: "Operation not permitted",
    reason: "the system does not allow it",
    hint: "The file may be protected, or of a kind of disk that cannot do this; use a --workspace on a local disk.",
  },
  EMFILE: {
    text: "Too many open files",
    reason: "too many files are open",
    hint: "Raise the limit: `ulimit -n 4096`, then run the same command again.",
  },
  ENFILE: {
    text: "Too many open files in system",
    reason: "the machine has too many open files",
    hint: "Close other programs, then run the same command again.",
  },
  ENOENT: {
    text: "No such file or directory",
    reason: "it does not exist",
    hint: "Check the path. If the file was there, it was moved or deleted while the command ran: run it again.",
  },
  ENOTDIR: {
    text: "Not a directory",
    reason: "a part of the path is a file, not a folder",
    hint: "Name a folder: a workspace is a folder, and so is everything before the last part of a path.",
  },
  EISDIR: {
    text: "Is a directory",
    reason: "it is a folder, not a file",
    hint: "Name a file, or give the folder where a folder is expected.",
  },
  EEXIST: {
    text: "File exists",
    reason: "something else is already there",
    hint: "Move it away, or use another name or --workspace.",
  },
  ENOTEMPTY: {
    text: "Directory not empty",
    reason: "the folder has content that another program put there",
    hint: "Run the same command again; if it fails again, look at what is in the folder.",
  },
  ENAMETOOLONG: {
    text: "File name too long",
    reason: "the name or the path is too long for the disk",
    hint: "Rename it (255 bytes a name on most disks; one Chinese character takes 3), or use a shorter path.",
  },
  ELOOP: {
    text: "Too many levels of symbolic links",
    reason: "it is a symbolic link that leads back to itself",
    hint: "Remove the link, or let it point to a file.",
  },
  EXDEV: {
    text: "Invalid cross-device link",
    reason: "a file cannot be moved from one disk to another in one step",
    hint: "Keep the whole workspace on one disk.",
  },
  EBUSY: {
    text: "Device or resource busy",
    reason: "another program is using it",
    hint: "Close that program, then run the same command again.",
  },
  EIO: {
    text: "Input/output error",
    reason: "the disk could not read or write it",
    hint: "The disk or the connection to it may be failing: copy the file to another disk and try again.",
  },
  ESTALE: {
    text: "Stale file handle",
    reason: "the file was replaced on a network disk while it was read",
    hint: "Run the same command again when nobody writes there.",
  },
  ENOMEM: {
    text: "Cannot allocate memory",
    reason: "the machine has no memory left",
    hint: "Close other programs, or lower `memory` in the settings of the workspace.",
  },
  EINVAL: {
    text: "Invalid argument",
    reason: "the disk does not accept the name or the operation",
    hint: "Rename it, or use a --workspace on a local disk.",
  },
};

const reportHint =
  "If files of the workspace were changed by hand or by another version of medbench, `medbench verify` finds them; ingest again then. Otherwise this is a mistake of medbench: please report it with this message.";

/** What the kinds of DuckDB's errors mean to a user whose query it was not. */
const engineKinds: Readonly<Record<string, { readonly reason: string; readonly hint: string }>> = {
  "Out of Memory": {
    reason: "the engine ran out of memory",
    hint: "Raise `memory` in settings.yaml of the workspace (data/README.md).",
  },
  IO: {
    reason: "a file cannot be read or written",
    hint: "`medbench verify` finds damaged files of a workspace; a source can be copied again and ingested again.",
  },
  "Invalid Input": {
    reason: "a file does not hold what it should",
    hint: "`medbench verify` finds damaged files of a workspace; delete the workspace's warehouse and ingest again.",
  },
  Conversion: {
    reason: "a value does not fit the type of its column",
    hint: "The message quotes the value: correct it in the source, or map it with TRY_CAST, then ingest again.",
  },
  "Out of Range": {
    reason: "a number is too large for its column",
    hint: "The message quotes the value: correct it in the source, then ingest again.",
  },
  Permission: {
    reason: "the engine may not use that file",
    hint: "Mappings and `medbench sql` see their own tables only; `medbench sql --allow-files` allows others.",
  },
  Interrupt: { reason: "the engine was interrupted", hint: "Run the same command again." },
  Binder: { reason: "a table does not have the columns that it should", hint: reportHint },
  Catalog: { reason: "the engine has no such table or function", hint: reportHint },
  Parser: { reason: "the engine cannot read a statement", hint: reportHint },
};

/**
 * An error of the operating system, the engine or the runtime as what its user needs: the file, the reason, the next step.
 * Null for anything else, which is a mistake in medbench.
 */
export function explainError(error: unknown): WorkbenchError | null {
  if (error instanceof WorkbenchError) return error;
  if (!(error instanceof Error)) return null;
  return systemError(error) ?? engineError(error) ?? runtimeError(error);
}

type SystemError = NodeJS.ErrnoException & {
  readonly dest?: string;
  readonly address?: string;
  readonly hostname?: string;
  readonly port?: number;
};

function systemError(error: SystemError): InputError | null {
  const { code, path, dest, syscall } = error;
  if (code === undefined || syscall === undefined) return null;
  if (/^(connect|listen|bind|getaddrinfo)/.test(syscall)) return networkError(error);
  const known = systemReasons[code];
  const place = [path, dest].filter((file) => file !== undefined).join(" to ");
  const where = place === "" ? "a file of the workspace or a temporary file" : place;
  return new InputError(
    `${where}: ${known?.reason ?? "the system refused an operation"} (${code}, ${syscall})`,
    {
      hint: known?.hint ?? `The system says: ${error.message}. ${again}`,
      cause: error,
    },
  );
}

function networkError(error: SystemError): InputError {
  const { code, syscall, address, hostname, port } = error;
  const place = [address ?? hostname ?? "the network", port].filter((part) => part !== undefined).join(":");
  const isOwn = syscall === "listen" || syscall === "bind";
  return new InputError(`${place}: ${isOwn ? "cannot be used" : "cannot be reached"} (${code}, ${syscall})`, {
    hint: isOwn
      ? "Another program may be using the port: choose another one."
      : "Check the address, and whether the server is running.",
    cause: error,
  });
}

function engineError(error: Error): InputError | null {
  const [, kind, text] = /^(?:\w+: )?([A-Z][A-Za-z ]*?) Error: ([\s\S]*)$/.exec(error.message) ?? [];
  if (kind === undefined || text === undefined) return null;
  const said = (text.split("\n")[0] ?? "").replace(
    /^No files found that match the pattern/,
    `${systemReasons["ENOENT"]?.text}:`,
  );
  const system = Object.entries(systemReasons)
    // The longest first: "Too many open files" begins another text.
    .sort(([, a], [, b]) => b.text.length - a.text.length)
    .find(([, reason]) => said.includes(reason.text));
  if (system !== undefined) {
    const [code, { reason, hint }] = system;
    const file = /"([^"]+)"|'([^']+)'/.exec(said);
    const place = file?.[1] ?? file?.[2] ?? "a file of the engine";
    return new InputError(`${place}: ${reason} (${code})`, { hint, cause: error });
  }
  if (said.includes("max_temp_directory_size")) return noSpaceToSort(error);
  const known = engineKinds[kind] ?? { reason: "the engine failed", hint: reportHint };
  return new InputError(`${known.reason}: ${said}`, { hint: known.hint, cause: error });
}

function noSpaceToSort(cause: Error): InputError {
  return new InputError(`${tmpdir()}: no space is left on the disk to sort data`, {
    hint: `Free space there, let ${temporary} name a folder on a larger disk, or raise \`memory\` in settings.yaml of the workspace. ${again}`,
    cause,
  });
}

/** Limits of JavaScript that files can reach. */
function runtimeError(error: Error & { code?: string }): InputError | null {
  const tooLarge =
    error.code === "ERR_FS_FILE_TOO_LARGE" ||
    error.code === "ERR_STRING_TOO_LONG" ||
    (error instanceof RangeError && /Invalid (string|array) length|allocation failed/i.test(error.message));
  if (tooLarge)
    return new InputError(`a file or a value is too large to be read in one piece (${error.message})`, {
      hint: "Split the file, or convert it to JSON Lines, which is read line by line.",
      cause: error,
    });
  if (error instanceof RangeError && /call stack/i.test(error.message))
    return new InputError("a value is nested too deeply to be read", {
      hint: "Look for thousands of brackets in the last file that the command named.",
      cause: error,
    });
  if (error.code === "ERR_INVALID_ARG_VALUE" && /null bytes/.test(error.message))
    return new InputError("a path contains a NUL character, which no disk allows", {
      hint: "Correct the path in the command line, cycle.yaml or the mapping.",
      cause: error,
    });
  return null;
}
