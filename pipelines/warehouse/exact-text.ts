// CommonJS: the module's one object, whose decoder all readers of text columns use.
import accessors from "@duckdb/node-api/lib/vectors/dataAccessors.js";

/**
 * Makes the engine's client return text as it is stored. Its own decoder drops a U+FEFF at the start of every value, and has
 * no setting for that; an answer that begins with one would be another answer.
 */
export function keepTextExact(): void {
  (accessors as { textDecoder: TextDecoder }).textDecoder = new TextDecoder("utf-8", { ignoreBOM: true });
}
