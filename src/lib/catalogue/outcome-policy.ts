import type { Catalogue } from "./schema.js";

/** How each outcome counts on one board; `conflict` always has a policy. */
export type OutcomePolicies = Readonly<
  Catalogue["outcomePolicy"]["upload"] & Required<Pick<Catalogue["outcomePolicy"]["upload"], "conflict">>
>;

/**
 * The outcome policies of one board. Where a catalogue has none for `conflict`, a letter that contradicts its text counts as
 * wrong.
 */
export function outcomePolicies(
  { outcomePolicy }: Pick<Catalogue, "outcomePolicy">,
  board: "upload" | "api",
): OutcomePolicies {
  return { conflict: "wrong", ...outcomePolicy[board] };
}
