import { readdirSync } from "node:fs";
import { join } from "node:path";
import { type Rubric, rubricSchema, rubricVersion } from "../../src/lib/catalogue/rubric.js";
import { InputError } from "../../src/lib/errors.js";
import { unknownName } from "../../src/lib/util/known-names.js";
import { requireFile } from "../warehouse/given-path.js";
import { packageRoot } from "../warehouse/package-root.js";
import { readWrittenText } from "../warehouse/written-text.js";

const shipped = join(packageRoot, "src", "lib", "catalogue", "data", "rubrics");

/** Ids of the rubrics that come with the workbench. */
export function builtInRubricIds(): string[] {
  return readdirSync(shipped)
    .filter((file) => file.endsWith(".json"))
    .map((file) => file.slice(0, -".json".length))
    .sort();
}

/**
 * A rubric by its id, or from your own file (a path that ends in `.json`).
 *
 * @throws InputError naming the file and what is expected
 */
export function loadRubric(idOrFile: string): Rubric {
  if (idOrFile.endsWith(".json")) {
    requireFile(idOrFile, "rubrics");
    return readRubric(idOrFile);
  }
  if (!builtInRubricIds().includes(idOrFile)) {
    throw unknownName(idOrFile, builtInRubricIds(), {
      ...{ where: "rubrics", what: "rubric" },
      remedy: "To use your own, give the path of its file (.json); docs/judge.md shows its fields.",
    });
  }
  return readRubric(join(shipped, `${idOrFile}.json`));
}

function readRubric(file: string): Rubric {
  let content: unknown;
  try {
    content = JSON.parse(readWrittenText(file));
  } catch (cause) {
    throw new InputError(`rubric ${file} cannot be read as JSON`, {
      hint: "Check the path and the file.",
      cause,
    });
  }
  const parsed = rubricSchema.safeParse(content);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new InputError(
    `rubric ${file}: ${issue?.path.join(".") || "the file"}: ${issue?.message ?? "not a rubric"}`,
    {
      hint: `Every criterion needs an anchor for each value of the scale; see ${rubricVersion({ id: "clinical-5", version: 1 })} for an example.`,
    },
  );
}
