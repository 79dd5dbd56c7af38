import { createInterface } from "node:readline/promises";
import { InputError } from "../../src/lib/errors.js";

/**
 * Asks before something is removed.
 *
 * @param isAgreed the user has agreed with an option
 * @throws InputError if the answer is not yes, or nobody can answer
 */
export async function confirm(
  question: string,
  { command, isAgreed }: { readonly command: string; readonly isAgreed: boolean },
): Promise<void> {
  if (isAgreed) return;
  if (!process.stdin.isTTY || !process.stderr.isTTY) {
    throw new InputError(`${command}: not confirmed`, { hint: `Add --yes to agree: ${question}` });
  }
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const answer = await lines.question(`${question} [y/N] `);
    if (/^y(es)?$/i.test(answer.trim())) return;
  } finally {
    lines.close();
  }
  throw new InputError(`${command}: not confirmed, so nothing was changed`);
}
