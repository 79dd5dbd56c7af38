import { parse } from "yaml";
import type { z } from "zod";
import { stubJudgeScriptSchema } from "../../../pipelines/judging/stub-judge.js";
import { catalogueSchema } from "../../../src/lib/catalogue/schema.js";
import { cycleSchema } from "../../../src/lib/records/cycle.js";
import { mappingSchema } from "../../../src/lib/records/mapping.js";
import { schemaProblems } from "../../../src/lib/records/schema-problems.js";
import type { Block } from "./blocks.js";

const schemas: Readonly<Record<string, z.ZodType>> = {
  "medbench-catalogue/1": catalogueSchema,
  "medbench-cycle/1": cycleSchema,
  "medbench-mapping/1": mappingSchema,
};

/** Checks a YAML or JSON block: it can be read, and fits its schema or is a file that a command of the page reads. */
export function checkRecord({ at, code, saveAs }: Block): void {
  const record = parse(code) as { readonly schema?: string } | null;
  const schema = saveAs === "stub-script.yaml" ? stubJudgeScriptSchema : schemas[record?.schema ?? ""];
  if (schema !== undefined) {
    const problems = schemaProblems(schema, record);
    if (problems.length > 0) throw new Error(`${at}: ${problems.join("; ")}`);
  } else if (saveAs === undefined) {
    throw new Error(
      `${at}: this record has no schema that the test knows; write "<!-- save as FILE -->" before it and a command that reads FILE after it`,
    );
  }
}
