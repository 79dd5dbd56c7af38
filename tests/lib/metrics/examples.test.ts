import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import * as metrics from "../../../src/lib/metrics/index.js";

const folder = join(import.meta.dirname, "..", "..", "..", "src", "lib", "metrics");
const examples = readdirSync(folder)
  .filter((file) => file.endsWith(".ts") && !file.startsWith("choice-reader"))
  .flatMap((file) =>
    [...readFileSync(join(folder, file), "utf8").matchAll(/@example (.+?) \/\/ (.+)/g)].map(
      ([, call, value]) => [file, call as string, value as string] as const,
    ),
  );

/** Values of our own source files, in the scope of the published functions. */
function evaluate(expression: string): unknown {
  return new Function(...Object.keys(metrics), `return (${expression})`)(...Object.values(metrics));
}

it.each(examples)("%s: %s gives the value in its docstring", (_, call, value) => {
  const [got, expected] = [evaluate(call), evaluate(value)];
  if (typeof expected === "number") expect(got).toBeCloseTo(expected, 9);
  else expect(got).toEqual(expected);
});
