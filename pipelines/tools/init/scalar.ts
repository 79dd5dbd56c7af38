import { stringify } from "yaml";

/** A scalar as YAML writes it, on one line. */
export function scalar(value: string | number): string {
  return stringify(value, { lineWidth: 0, blockQuote: false }).trimEnd();
}

/** A scalar inside `{...}` or `[...]`, where commas and brackets end it. */
export function flowScalar(value: string | number): string {
  return typeof value === "string" && /[,[\]{}]/.test(value) ? JSON.stringify(value) : scalar(value);
}
