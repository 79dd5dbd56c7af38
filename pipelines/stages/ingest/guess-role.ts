import { isUtf8 } from "node:buffer";
import { resolve } from "node:path";
import { InputError } from "../../../src/lib/errors.js";
import type { SourceRole } from "../../../src/lib/records/cycle-words.js";
import { gunzippedHead, headOf } from "../../formats/file-head.js";
import { encodingOfHead } from "../../formats/text-encoding/head.js";
import { filesBelow } from "./source-files.js";

/** Bytes of each file that are looked at. */
const headBytes = 2 ** 20;

/**
 * Role of a source for which none was given. Archives are uploads. Files of lines are answers if any of the first lines has
 * an answer that is not blank, also one of the wrong type; in question packs all answers are `""`.
 *
 * @throws InputError where neither is clear, with the options that say it
 */
export function guessRole(path: string): SourceRole {
  if (/\.csv$/i.test(path)) {
    throw new InputError(`${path}: the role of a CSV file is not clear from its name`, {
      hint: "Say which: --role crosswalk, --role systems, or --mapping FILE.",
    });
  }
  if (/\.zip$/i.test(path)) return "answers";
  const files = filesBelow(path)
    .map((inner) => resolve(path, inner))
    .filter((file) => /\.(jsonl|zip)(\.gz)?$/i.test(file));
  if (files.some((file) => /\.zip$/i.test(file))) return "answers";
  let records = 0;
  for (const file of files) {
    for (const { answer } of recordsAtStart(file)) {
      if (answer !== undefined && answer !== null && answer !== "") return "answers";
      records += 1;
    }
  }
  if (records > 0 || files.length === 0) return "questions";
  for (const file of files) requireLines(file);
  throw new InputError(`${path}: no line shows whether these are questions or answers`, {
    hint: "Say which: --role answers, --role questions, --role gold, or --mapping FILE.",
  });
}

/** Names the two other kinds of file that people call `.jsonl`. */
function requireLines(file: string): void {
  const head = headOf(file, headBytes);
  if (!/\.gz$/i.test(file) && head[0] === 0x1f && head[1] === 0x8b) {
    throw new InputError(`${file}: the file is compressed with gzip, and its name does not say so`, {
      hint: "Name it .jsonl.gz, or extract it.",
    });
  }
  if (textAtStart(file).trimStart().startsWith("[")) {
    throw new InputError(`${file}: the file is one JSON list; a .jsonl file has one JSON object per line`, {
      hint: "Write one object per line, for example with `jq -c '.[]' FILE`, or give it to --mapping as .json.",
    });
  }
}

/** Objects of the complete lines at the start of a file; other lines are left to the ingest, which refuses them by name. */
function* recordsAtStart(file: string): Generator<Record<string, unknown>> {
  const lines = textAtStart(file).split(/\r\n|[\r\n]/);
  for (const line of lines) {
    let value: unknown;
    try {
      value = JSON.parse(line.replace(/^\ufeff/, ""));
    } catch {
      continue;
    }
    if (value !== null && typeof value === "object" && !Array.isArray(value))
      yield value as Record<string, unknown>;
  }
}

function textAtStart(file: string): string {
  const head = headOf(file, headBytes);
  const bytes = /\.gz$/i.test(file) ? unzippedStart(head) : head;
  const shown = encodingOfHead(bytes)?.encoding;
  if (shown === "utf-32") return "";
  return new TextDecoder(shown ?? (isUtf8(wholeLines(bytes)) ? "utf-8" : "gb18030")).decode(bytes);
}

/** What the first bytes of a gzip file extract to; nothing if they are damaged. */
function unzippedStart(bytes: Buffer): Buffer {
  try {
    return gunzippedHead(bytes, 64 * headBytes);
  } catch {
    return Buffer.alloc(0);
  }
}

/** The piece may end inside a character. */
function wholeLines(bytes: Buffer): Buffer {
  return bytes.subarray(0, bytes.lastIndexOf(10) + 1 || bytes.length);
}
