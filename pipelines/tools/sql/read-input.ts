import { fstatSync } from "node:fs";
import { decodeWrittenText, readWrittenText } from "../../warehouse/written-text.js";

/**
 * What a file or another program gives as standard input; null if there is none. Programs that start others often leave a
 * pipe open in which nothing ever comes, so an empty pipe is given up after `waitMs`.
 */
export async function readInput(waitMs = 2000): Promise<string | null> {
  const kind = inputKind();
  if (kind === "file") return readWrittenText(0);
  if (kind === "none") return null;
  const { stdin } = process;
  const isReady = await new Promise<boolean>((done) => {
    const timer = setTimeout(() => done(false), waitMs);
    stdin.once("readable", () => {
      clearTimeout(timer);
      done(true);
    });
  });
  if (!isReady) {
    stdin.destroy();
    return null;
  }
  const chunks: Buffer[] = [];
  for await (const chunk of stdin) chunks.push(chunk as Buffer);
  return decodeWrittenText(Buffer.concat(chunks), "standard input");
}

function inputKind(): "file" | "pipe" | "none" {
  try {
    const input = fstatSync(0);
    if (input.isFile()) return "file";
    return input.isFIFO() || input.isSocket() ? "pipe" : "none";
  } catch {
    return "none";
  }
}
