import { z } from "zod";
import { InputError } from "../../src/lib/errors.js";
import { replyFormats } from "../asking/chat-body.js";
import { readWrittenText } from "../warehouse/written-text.js";
import { defaultKeyFrom } from "./openai-judge.js";

const member = z.strictObject({
  /** How tables name the judge. */
  name: z.string().trim().min(1),
  model: z.string().trim().min(1),
  baseUrl: z.url({ protocol: /^https?$/ }),
  /** Environment variable with the key; if absent, no key is sent. */
  keyFrom: z
    .string()
    .regex(/^[A-Za-z_][A-Za-z0-9_]*$/, "the name of an environment variable, not a key")
    .optional(),
  /** US dollars per million tokens; 0 if nothing is charged. */
  priceIn: z.number().nonnegative().optional(),
  priceOut: z.number().nonnegative().optional(),
  format: z.enum(["auto", ...replyFormats]).default("auto"),
  concurrency: z.int().positive().optional(),
  requestsPerMinute: z.int().positive().optional(),
  tokensPerMinute: z.int().positive().optional(),
});
const panelFile = z.strictObject({ judges: z.array(member).min(1) });

/** One judge of a panel: a model behind a server of its own. */
export type PanelMember = z.infer<typeof member>;

/**
 * A judge written `NAME=MODEL@URL`. Its key is read from MEDBENCH_JUDGE_API_KEY_NAME, so no server gets another server's key.
 *
 * @throws InputError that states the form
 * @example panelMember("qwen=Qwen2.5-72B-Instruct@http://127.0.0.1:8000/v1").model // "Qwen2.5-72B-Instruct"
 */
export function panelMember(text: string): PanelMember {
  const [, name, model, baseUrl] = /^([^=]+)=(.+)@(https?:\/\/.+)$/.exec(text) ?? [];
  const keyFrom = `${defaultKeyFrom}_${(name ?? "").toUpperCase().replace(/[^A-Z0-9]+/g, "_")}`;
  const parsed = member.safeParse({ name, model, baseUrl, keyFrom });
  if (parsed.success) return parsed.data;
  throw new InputError(`--judge ${JSON.stringify(text)} is not of the form NAME=MODEL@URL`, {
    hint: "For example --judge qwen=Qwen2.5-72B-Instruct@http://127.0.0.1:8000/v1; --judges FILE allows more settings.",
  });
}

/**
 * The judges of a YAML file.
 *
 * @throws InputError naming the file and the field; it quotes no value, because one may be a key written there by mistake
 */
export async function readPanel(file: string): Promise<PanelMember[]> {
  const { parse } = await import("yaml");
  let text: string;
  try {
    text = readWrittenText(file);
  } catch (cause) {
    if (cause instanceof InputError) throw cause;
    throw new InputError(`--judges ${file} cannot be read`, { hint: "Check the path.", cause });
  }
  let content: unknown;
  try {
    content = parse(text);
  } catch {
    throw new InputError(`--judges ${file} is not YAML`, { hint: "docs/judge.md shows such a file." });
  }
  const parsed = panelFile.safeParse(content);
  if (parsed.success) return parsed.data.judges;
  const [issue] = parsed.error.issues;
  throw new InputError(`--judges ${file}: ${issue?.path.join(".") || "the file"}: ${issue?.message}`, {
    hint: "docs/judge.md shows the fields. Keys stay in the environment: keyFrom names the variable.",
  });
}

/** @throws InputError if two judges would write to one journal */
export function checkNames(judges: readonly Pick<PanelMember, "name">[]): void {
  const names = judges.map(({ name }) => name.toLowerCase());
  const twice = judges.find((_, index) => names.indexOf(names[index] as string) < index);
  if (twice === undefined) return;
  throw new InputError(`judge: two judges are named ${JSON.stringify(twice.name)}`, {
    hint: "Give each its own name; to ask the same model twice, use --repeats 2.",
  });
}

/**
 * Key of a panel's judge from the environment.
 *
 * @throws InputError if the named variable is not set
 */
export function keyOf(
  { name, keyFrom }: PanelMember,
  { isRequired, env = process.env }: { readonly isRequired: boolean; readonly env?: NodeJS.ProcessEnv },
): string {
  const key = keyFrom === undefined ? undefined : env[keyFrom];
  if (key === undefined && isRequired && keyFrom !== undefined) {
    throw new InputError(`judge ${name}: the environment variable ${keyFrom} is not set`, {
      hint: "Set it to the key of that server, or leave keyFrom out if the server needs no key.",
    });
  }
  // Local servers usually need no key, but the client library requires one.
  return key ?? "none";
}
