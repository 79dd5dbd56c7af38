import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { InputError } from "../../src/lib/errors.js";
import { parseRecord } from "./written-record.js";

const memory = z
  .string()
  .regex(/^[1-9][0-9]*(\.[0-9]+)?\s*[MG]i?B$/i, "a size such as 700MB or 2GB")
  .refine((size) => bytesOf(size) >= 200e6, "at least 200MB");

const settingsSchema = z.strictObject({
  schema: z.literal("medbench-settings/1"),
  /** Memory that an engine may use for its data. */
  memory: memory.optional(),
  /** Judge whose verdicts the scores use, as `medbench judges pin` sets it. */
  judge: z.string().trim().min(1).optional(),
});

/** What a workspace's own file of settings says; everything in it is optional. */
export type WorkspaceSettings = z.infer<typeof settingsSchema>;

/** Where a workspace keeps its settings. */
export function settingsFile(workspace: string): string {
  return join(workspace, "settings.yaml");
}

/**
 * Reads a workspace's settings; a workspace without the file has none.
 *
 * @throws InputError naming the file, the field and what is expected
 */
export async function workspaceSettings(workspace: string): Promise<Partial<WorkspaceSettings>> {
  const file = settingsFile(workspace);
  const text = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    // A workspace that is not there yet, or is no folder: its own error follows.
    if (error.code === "ENOENT" || error.code === "ENOTDIR") return null;
    throw error;
  });
  if (text === null) return {};
  const { parse } = await import("yaml");
  let value: unknown;
  try {
    value = parse(text);
  } catch (cause) {
    throw new InputError(`${file} is not YAML: ${(cause as Error).message.split("\n")[0]}`, {
      hint: "It has lines such as `schema: medbench-settings/1` and `memory: 2GB`.",
      cause,
    });
  }
  return parseRecord(settingsSchema, value, file);
}

/** Bytes of a size such as `700MB` or `1.5 GiB`. */
export function bytesOf(size: string): number {
  const [, number = "0", unit = ""] = /^([0-9.]+)\s*([A-Z]+)$/i.exec(size.trim()) ?? [];
  const factor = { mb: 1e6, gb: 1e9, mib: 2 ** 20, gib: 2 ** 30 }[unit.toLowerCase()] ?? Number.NaN;
  return Number(number) * factor;
}
