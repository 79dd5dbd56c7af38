import { stringify } from "yaml";

/** A scalar as YAML writes it, on one line. */
export function scalar(value: string | number): string {
  return stringify(value, { lineWidth: 0, blockQuote: false }).trimEnd();
}
