import { readFileSync } from "node:fs";
import type { Command } from "commander";
import { z } from "zod";
import { InputError } from "../../src/lib/errors.js";

const inputSchema = z.strictObject({
  track: z.string(),
  scores: z.record(z.string(), z.number().nullable()),
});

export function registerRollUp(program: Command): void {
  program
    .command("roll-up")
    .description(
      "Combine task scores (0 to 100) into dimension and overall scores, as the board does. Prints JSON.",
    )
    .argument("<file>", 'JSON {"track":"llm","scores":{"MedExam":100.0,...}}; "-" reads standard input')
    .option("--catalogue <file>", "catalogue file of another benchmark (default: MedBench v4)")
    .option("--json", "print JSON (always on: this option changes nothing)")
    .addHelpText("after", "\nExample:\n  $ medbench roll-up scores.json\n")
    .action(async (file: string, options: { catalogue?: string }) => {
      const [{ rollUp }, { builtInCatalogue, readCatalogue }] = await Promise.all([
        import("../../src/lib/catalogue/roll-up.js"),
        import("../warehouse/catalogue.js"),
      ]);
      const { track, scores } = readScores(file);
      const catalogue =
        options.catalogue === undefined ? await builtInCatalogue() : await readCatalogue(options.catalogue);
      const rolled = rollUp(catalogue, track, scores);
      process.stdout.write(`${JSON.stringify(rolled, null, 2)}\n`);
    });
}

function readScores(file: string): z.infer<typeof inputSchema> {
  let text: string;
  try {
    text = readFileSync(file === "-" ? 0 : file, "utf8");
  } catch (cause) {
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
      hint: 'Expected {"track":"llm","scores":{"MedExam":100.0,...}}.',
      cause,
    });
  }
  const parsed = inputSchema.safeParse(value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new InputError(`${file}: ${issue?.path.join(".") || "the document"}: ${issue?.message}`, {
      hint: 'Expected {"track":"llm","scores":{"MedExam":100.0,...}} with scores from 0 to 100.',
    });
  }
  return parsed.data;
}
