import { createHash } from "node:crypto";
import { z } from "zod";
import { clamp } from "../../src/lib/util/clamp.js";
import { at } from "../../src/lib/util/indexing.js";
import {
  type StubRequest,
  type StubServer,
  type StubServerOptions,
  startStubServer,
  stubRuleSchema,
  stubScriptSchema,
} from "../asking/stub-server.js";
import { cannotRate } from "./verdict-schema.js";

const rule = stubRuleSchema.extend({
  /** The same verdict on every criterion, kept on its scale. */
  verdict: z.union([z.int(), z.literal(cannotRate)]).optional(),
});
type Rule = z.infer<typeof rule>;

/** How the stub judge behaves: the first rule that matches a request decides. */
export const stubJudgeScriptSchema = stubScriptSchema.extend({ rules: z.array(rule).default([]) });
export type StubJudgeScript = z.input<typeof stubJudgeScriptSchema>;

/**
 * A stub server that plays a judge: its verdicts depend only on a hash of the prompt, not on its meaning.
 */
export function startStubJudge(
  script: StubJudgeScript = {},
  options: Omit<StubServerOptions<Rule>, "replyTo"> = {},
): Promise<StubServer> {
  return startStubServer(stubJudgeScriptSchema.parse(script), {
    ...options,
    replyTo: (request, taken) => JSON.stringify(verdicts(request, taken?.verdict)),
  });
}

/** A value per criterion, drawn from a hash of the last message: equal prompts get equal verdicts. */
function verdicts(request: StubRequest, fixed: Rule["verdict"]): Record<string, unknown> {
  const digest = createHash("sha256")
    .update(request.messages.at(-1)?.content ?? "")
    .digest();
  return Object.fromEntries(
    criteriaOf(request).map(([criterion, values], index) => {
      const drawn = at(values, at(digest, index % digest.length) % values.length);
      const scripted =
        typeof fixed === "number" ? clamp(fixed, Math.min(...values), Math.max(...values)) : fixed;
      return [criterion, { reason: "stub", verdict: scripted ?? drawn }];
    }),
  );
}

interface VerdictSchema {
  readonly properties: Readonly<
    Record<
      string,
      {
        readonly properties: {
          readonly verdict: { readonly anyOf: readonly [{ readonly enum: readonly number[] }] };
        };
      }
    >
  >;
}

/** Criteria and their values: from the schema, or from the form in the prompt where no schema is sent. */
function criteriaOf({ response_format, messages }: StubRequest): [string, readonly number[]][] {
  const schema = response_format?.json_schema?.schema as VerdictSchema | undefined;
  if (schema !== undefined) {
    return Object.entries(schema.properties).map(([name, { properties }]) => [
      name,
      properties.verdict.anyOf[0].enum,
    ]);
  }
  const form = /^ {2}"([^"]+)": \{"reason": "\.\.\.", "verdict": ([\d |]+) \|/gm;
  return [...(messages[0]?.content ?? "").matchAll(form)].map(([, name, values]) => [
    name as string,
    (values as string).split(" | ").map(Number),
  ]);
}
