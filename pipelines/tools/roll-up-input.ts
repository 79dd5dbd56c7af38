import { z } from "zod";
import { InputError } from "../../src/lib/errors.js";
import { readWrittenText } from "../warehouse/written-text.js";
import { printedScores, taskScores } from "./roll-up-forms.js";

const values = z.record(z.string(), z.number().nullable());
const inputSchema = z.strictObject({
  track: z.string(),
  scores: values.optional(),
  dimensions: values.optional(),
});

/** Reads the task scores or printed dimensions of `medbench roll-up`; "-" is standard input. */
export function readScores(file: string): z.infer<typeof inputSchema> {
  let text: string;
  try {
    text = readWrittenText(file === "-" ? 0 : file);
  } catch (cause) {
    if (cause instanceof InputError) throw cause;
    throw new InputError(`${file}: cannot be read`, {
      hint: "Give the path of a JSON file, or - for standard input.",
      cause,
    });
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new InputError(`${file}: is not JSON`, {
      hint: `Expected ${taskScores} or ${printedScores}.`,
      cause,
    });
  }
  const parsed = inputSchema.safeParse(value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new InputError(`${file}: ${issue?.path.join(".") || "the document"}: ${issue?.message}`, {
      hint: `Expected ${taskScores} or ${printedScores}, with scores from 0 to 100.`,
    });
  }
  const { scores, dimensions } = parsed.data;
  if ((scores === undefined) === (dimensions === undefined)) {
    const found =
      scores === undefined ? 'neither "scores" nor "dimensions"' : 'both "scores" and "dimensions"';
    throw new InputError(`${file}: the document has ${found}`, {
      hint: `Give task scores, ${taskScores}, or printed dimensions, ${printedScores}.`,
    });
  }
  return parsed.data;
}
