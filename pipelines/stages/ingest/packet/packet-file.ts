import { existsSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { packetReferenceSchema, packetSchema } from "../../../../src/lib/records/packet.js";
import { parseRecord } from "../../../warehouse/written-record.js";
import type { PacketTask } from "./task.js";

const schemaName = "medbench-packet/1";

/** Whether a YAML file that was given as a mapping describes a rating packet, or names the file that does. */
export function isPacketFile(content: unknown): boolean {
  return (
    typeof content === "object" && content !== null && "schema" in content && content.schema === schemaName
  );
}

/** The packet's own file, if `content` only names it. */
export function referredFile(file: string, content: unknown): string | null {
  const reference = packetReferenceSchema.safeParse(content);
  return reference.success ? join(dirname(file), reference.data.see) : null;
}

/**
 * Checks the content of a packet's file.
 *
 * @throws InputError naming the file and what is expected
 */
export function readPacketFile(file: string, content: unknown): PacketTask {
  const { packet, scale, criteria, raters } = parseRecord(packetSchema, content, file);
  return { file, packet: { id: packet, scale: { ...scale, step: 1 }, criteria, raters } };
}

/** The file that describes the packet in a folder, also of an earlier version; null if the folder is no packet's. */
export function packetFileOf(folder: string): string | null {
  if (!statSync(folder).isDirectory() || !existsSync(join(folder, "key.csv"))) return null;
  const names = ["packet.yaml", "from-forms.yaml", "from-sheets.yaml"];
  return names.map((name) => join(folder, name)).find((file) => existsSync(file)) ?? null;
}
