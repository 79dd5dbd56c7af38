import type { CriterionScale } from "../../src/lib/catalogue/rubric.js";

/** The verdict of a judge or person who cannot tell; recorded as such, never as a grade. */
export const cannotRate = "cannot_rate";

/** JSON schema of a verdict: exactly the criteria, each with a reason and a value of its scale. */
export function verdictSchema(criteria: readonly CriterionScale[]): Readonly<Record<string, unknown>> {
  const names = criteria.map(({ criterion }) => criterion);
  return {
    type: "object",
    additionalProperties: false,
    required: names,
    properties: Object.fromEntries(
      criteria.map(({ criterion, min, max }) => [
        criterion,
        {
          type: "object",
          additionalProperties: false,
          required: ["reason", "verdict"],
          properties: {
            reason: { type: "string" },
            verdict: {
              anyOf: [
                { type: "integer", enum: values(min, max) },
                { type: "string", enum: [cannotRate] },
              ],
            },
          },
        },
      ]),
    ),
  };
}

/** The same as a form to fill in, for the prompt. */
export function verdictTemplate(criteria: readonly CriterionScale[]): string {
  const lines = criteria.map(
    ({ criterion, min, max }) =>
      `  ${JSON.stringify(criterion)}: {"reason": "...", "verdict": ${values(min, max).join(" | ")} | "${cannotRate}"}`,
  );
  return `{\n${lines.join(",\n")}\n}`;
}

const values = (min: number, max: number) => Array.from({ length: max - min + 1 }, (_, index) => min + index);
