import { parse } from "yaml";
import { z } from "zod";
import { InputError } from "../../../src/lib/errors.js";
import { parseRecord } from "../../warehouse/written-record.js";
import { readWrittenText } from "../../warehouse/written-text.js";

const bilingual = z.union([
  z
    .string()
    .min(1)
    .transform((text) => ({ en: text, zh: text })),
  z.strictObject({ en: z.string().min(1), zh: z.string().min(1) }),
]);

/** Facts that only the people who ran the rating study know; a missing one appears as a gap in the report. */
const studyFile = z.strictObject({
  schema: z.literal("medbench-rating-study/1"),
  subjects: bilingual.optional(),
  raters: bilingual.optional(),
  known: bilingual.optional(),
  size: bilingual.optional(),
  sampling: bilingual.optional(),
  process: bilingual.optional(),
  independence: bilingual.optional(),
  characteristics: bilingual.optional(),
});

export interface StudyRow {
  readonly item: string;
  readonly en: string;
  readonly zh: string;
}

/**
 * Rows of `rating_study` from a YAML or JSON record of the rating study.
 *
 * @throws InputError naming the file and the field
 */
export function readStudy(file: string): StudyRow[] {
  let value: unknown;
  try {
    value = parse(readWrittenText(file));
  } catch (cause) {
    throw new InputError(`study record ${file} cannot be read as YAML or JSON`, { cause });
  }
  const { schema: _schema, ...items } = parseRecord(studyFile, value, file);
  return Object.entries(items).flatMap(([item, text]) => (text === undefined ? [] : [{ item, ...text }]));
}
