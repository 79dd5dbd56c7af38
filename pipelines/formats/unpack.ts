import { Transform } from "node:stream";
import { InputError } from "../../src/lib/errors.js";

/** Limits on the extracted size of an archive. */
export interface UnpackLimits {
  readonly maxFileBytes: number;
  readonly maxTotalBytes: number;
  /** Ratio of extracted to compressed size, checked from `ratioFromBytes` on: small files of one repeated letter are harmless. */
  readonly maxRatio: number;
  readonly ratioFromBytes: number;
  readonly maxEntries: number;
}

export const defaultLimits: UnpackLimits = {
  maxFileBytes: 2 ** 31,
  maxTotalBytes: 2 ** 33,
  maxRatio: 200,
  ratioFromBytes: 16 * 2 ** 20,
  maxEntries: 10_000,
};

/** Counts the bytes that pass and stops at the limits, whatever sizes the archive declares. */
export function limited(packedBytes: number, limits: UnpackLimits, name: string): Transform {
  let bytes = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      const tooLarge = bytes > limits.maxFileBytes;
      const tooDense = bytes > limits.ratioFromBytes && bytes > packedBytes * limits.maxRatio;
      if (tooLarge || tooDense) {
        const what = tooLarge
          ? `${limits.maxFileBytes} bytes`
          : `${limits.maxRatio} times its compressed size`;
        done(
          new InputError(`${name}: extracts to more than ${what}`, {
            hint: "If you trust it, extract it yourself and ingest the folder.",
          }),
        );
      } else done(null, chunk);
    },
  });
}
