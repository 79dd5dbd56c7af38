import { createHash, randomUUID } from "node:crypto";
import { readFileSync, readlinkSync } from "node:fs";
import { hostname } from "node:os";
import { basename } from "node:path";
import { z } from "zod";

/**
 * A process as a lock file names it. The last four fields before `token` tell whether its number is valid here: process
 * numbers are reused, and every machine and every container has its own. Linux provides them; elsewhere
 * they are null, and a process counts as running while any process has its number.
 */
const holderSchema = z.strictObject({
  schema: z.literal("medbench-lock/1"),
  pid: z.int().positive(),
  host: z.string(),
  command: z.string(),
  /** When the lock was taken. */
  since: z.string(),
  /** When the process started, in clock ticks since the boot. */
  started: z.string().nullable(),
  boot: z.string().nullable(),
  pidNamespace: z.string().nullable(),
  /** Hash of the machine's id: two machines may share a host name. */
  machine: z.string().nullable(),
  /** Different for every lock. */
  token: z.string(),
});
export type LockHolder = z.infer<typeof holderSchema>;

/** Linux's number for the process namespace outside all containers. */
const outsideContainers = "pid:[4026531836]";

/** This process as the holder of a lock taken now. */
export function thisProcess(): LockHolder {
  self ??= {
    schema: "medbench-lock/1",
    pid: process.pid,
    host: hostname(),
    command: [basename(process.argv[1] ?? process.argv0), ...process.argv.slice(2)].join(" ").slice(0, 200),
    started: processStatus(process.pid)?.started ?? null,
    boot: orNull(() => readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim()),
    pidNamespace: orNull(() => readlinkSync("/proc/self/ns/pid")),
    machine: orNull(() => {
      const id = readFileSync("/etc/machine-id", "utf8").trim();
      return id === "" ? null : createHash("sha256").update(id).digest("hex").slice(0, 16);
    }),
  };
  return { ...self, since: new Date().toISOString(), token: randomUUID() };
}

let self: Omit<LockHolder, "since" | "token"> | undefined;

export function holderText(holder: LockHolder): string {
  return `${JSON.stringify(holder)}\n`;
}

/** The holder named in a lock file, or null if the text is not that of a lock file. */
export function parseHolder(text: string): LockHolder | null {
  try {
    return holderSchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

/**
 * Whether a holder is still running, as far as this machine can tell. `gone` is certain: no process has its number, the
 * process with that number started at another time, or the machine has rebooted since. Otherwise it is `running` if it
 * can be seen from here, and `elsewhere` if not (another machine or container).
 */
export function stateOf(holder: LockHolder): "running" | "gone" | "elsewhere" {
  const own = thisProcess();
  if (holder.host !== own.host || holder.machine !== own.machine) return "elsewhere";
  if (holder.boot !== own.boot) {
    const isThisMachine = own.machine !== null && own.boot !== null && holder.boot !== null;
    const isOutside = own.pidNamespace === outsideContainers && holder.pidNamespace === outsideContainers;
    return isThisMachine && isOutside ? "gone" : "elsewhere";
  }
  if (holder.pidNamespace !== own.pidNamespace) return "elsewhere";
  if (!processExists(holder.pid)) return "gone";
  const status = processStatus(holder.pid);
  // Unreadable if the system hides the processes of other users.
  if (status === null || holder.started === null) return "running";
  return status.started !== holder.started || status.hasEnded ? "gone" : "running";
}

/** The holder, for messages. */
export function describeHolder(holder: LockHolder): string {
  const own = thisProcess();
  const isSelf = holder.pid === own.pid && holder.started === own.started && stateOf(holder) === "running";
  return `${isSelf ? "this process itself, " : "process "}${holder.pid} on ${holder.host} (${holder.command}; since ${holder.since})`;
}

function processExists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it exists and belongs to another user.
    return (error as NodeJS.ErrnoException).code !== "ESRCH";
  }
}

/** Fields of /proc/<pid>/stat; null where there is none. */
function processStatus(pid: number): { started: string; hasEnded: boolean } | null {
  const text = orNull(() => readFileSync(`/proc/${pid}/stat`, "utf8"));
  // Field 2 is the program's name in parentheses and may hold spaces; field 3, the state, comes after the last one.
  const fields = text?.slice(text.lastIndexOf(")") + 2).split(" ");
  const [state, threads, started] = [fields?.[0], fields?.[17], fields?.[19]];
  if (started === undefined) return null;
  // A killed process stays in the process list until its parent collects it, which in a container may never happen.
  return { started, hasEnded: /^[ZX]$/.test(state ?? "") && Number(threads) <= 1 };
}

function orNull<Value>(read: () => Value): Value | null {
  try {
    return read();
  } catch {
    return null;
  }
}
