import { InputError } from "../errors.js";
import { type Message, type MessageCode, messageParameters, type ParametersOf } from "./codes.js";

/** Codes without parameters take no second argument. */
type Arguments<Code extends MessageCode> = keyof ParametersOf<Code> extends never
  ? readonly []
  : readonly [parameters: ParametersOf<Code>];

/** @example message("too-few-rated-items", { found: 1, wanted: 10 }).code // "too-few-rated-items" */
export function message<Code extends MessageCode>(
  code: Code,
  ...[parameters]: Arguments<Code>
): Message<Code> {
  return { code, parameters: parameters ?? {} } as Message<Code>;
}

/** The two columns of a table for a message. */
export type MessageColumns<Name extends string, Code extends MessageCode> = {
  readonly [Column in Name]: Code;
} & { readonly [Column in `${Name}_parameters`]: string | null };

type NoMessageColumns<Name extends string> = { readonly [Column in Name | `${Name}_parameters`]: null };

/** A message as stored in a table: the code, and its parameters as a JSON object (null if it has none). */
export function messageColumns<Name extends string, Code extends MessageCode>(
  name: Name,
  stored: Message<Code>,
): MessageColumns<Name, Code>;
export function messageColumns<Name extends string, Code extends MessageCode>(
  name: Name,
  stored: Message<Code> | null,
): MessageColumns<Name, Code> | NoMessageColumns<Name>;
export function messageColumns(name: string, stored: Message | null): object {
  const parameters: Readonly<Record<string, unknown>> = stored?.parameters ?? {};
  // In the order of the definition, so that equal messages have equal texts.
  const values = stored === null ? [] : namesOf(stored.code).map((key) => [key, parameters[key]]);
  return {
    [name]: stored?.code ?? null,
    [`${name}_parameters`]: values.length === 0 ? null : JSON.stringify(Object.fromEntries(values)),
  };
}

/**
 * A message from the two columns of a table.
 *
 * @throws InputError if the code is unknown, or a parameter is missing or of another kind
 * @example readMessage("rater", '{"rater":"physician-01"}').parameters // { rater: "physician-01" }
 */
export function readMessage(code: string, parametersText: string | null): Message {
  if (!Object.hasOwn(messageParameters, code))
    throw new InputError(`readMessage: there is no message with code ${JSON.stringify(code)}`, {
      hint: "The table may come from a newer version; its codes are in src/lib/messages/codes.ts.",
    });
  const kinds: Readonly<Record<string, string>> = messageParameters[code as MessageCode];
  const given = parametersText === null ? {} : parsed(code, parametersText);
  const parameters = Object.fromEntries(
    Object.entries(kinds).map(([name, kind]) => [name, checked(code, name, kind, given[name])]),
  );
  return { code, parameters } as Message;
}

const namesOf = (code: MessageCode) => Object.keys(messageParameters[code]);

function parsed(code: string, text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    if (value !== null && typeof value === "object") return value as Record<string, unknown>;
  } catch (cause) {
    throw new InputError(`readMessage: the parameters of "${code}" are not JSON: ${text}`, { cause });
  }
  throw new InputError(`readMessage: the parameters of "${code}" are not a JSON object: ${text}`);
}

function checked(code: string, name: string, kind: string, value: unknown): unknown {
  const fits =
    kind === "name"
      ? typeof value === "string"
      : typeof value === "number" && (kind === "number" || Number.isInteger(value));
  if (fits) return value;
  throw new InputError(
    `readMessage: parameter "${name}" of "${code}" must be a ${kind}; got ${JSON.stringify(value)}`,
  );
}
