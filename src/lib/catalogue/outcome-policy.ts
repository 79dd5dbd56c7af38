import type { Catalogue } from "./schema.js";

type Board = keyof Catalogue["outcomePolicy"];
type BoardPolicy = Catalogue["outcomePolicy"][Board];

/** How each outcome counts on one board; `conflict` always has a policy. */
export type OutcomePolicies = Readonly<BoardPolicy & Required<Pick<BoardPolicy, "conflict">>>;

/**
 * The outcome policies of one board. Where a catalogue has none for `conflict`, a letter that contradicts its text counts as
 * wrong.
 */
export function outcomePolicies(
  { outcomePolicy }: Pick<Catalogue, "outcomePolicy">,
  board: Board,
): OutcomePolicies {
  return { conflict: "wrong", ...outcomePolicy[board] };
}
