import type { Command } from "commander";
import { z } from "zod";
import { InputError } from "../../src/lib/errors.js";
import { readWrittenText } from "../warehouse/written-text.js";

const values = z.record(z.string(), z.number().nullable());
const inputSchema = z.strictObject({
  track: z.string(),
  scores: values.optional(),
  dimensions: values.optional(),
});

const taskScores = '{"track":"llm","scores":{"MedExam":100.0,...}}';
const printedScores = '{"track":"llm","dimensions":{"medical-knowledge-qa":66.8,...}}';

export function registerRollUp(program: Command): void {
  program
    .command("roll-up")
    .summary("combine task scores into dimension and overall scores")
    .description(
      "Combine task scores (0 to 100) into dimension and overall scores, as the board does. From printed dimensions, give the range of possible overall scores. Prints JSON.",
    )
    .argument("<file>", `JSON ${taskScores} or ${printedScores}; "-" reads standard input`)
    .option("--catalogue <file>", "catalogue file of another benchmark (default: MedBench v4)")
    .option("--json", "print JSON (always on: this option changes nothing)")
    .addHelpText("after", "\nExample:\n  $ medbench roll-up scores.json")
    .action(async (file: string, options: { catalogue?: string }) => {
      const [{ rollUp }, { printedOverall }, { builtInCatalogue, readCatalogue }] = await Promise.all([
        import("../../src/lib/catalogue/roll-up.js"),
        import("../../src/lib/catalogue/printed-overall.js"),
        import("../warehouse/catalogue.js"),
      ]);
      const { track, scores, dimensions } = readInput(file);
      const catalogue =
        options.catalogue === undefined ? await builtInCatalogue() : await readCatalogue(options.catalogue);
      const rolled =
        dimensions === undefined
          ? rollUp(catalogue, track, scores ?? {})
          : printedOverall(catalogue, track, dimensions);
      process.stdout.write(`${JSON.stringify(rolled, null, 2)}\n`);
    });
}

function readInput(file: string): z.infer<typeof inputSchema> {
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
