/** A policy for every outcome, as a catalogue must state them: the usual choices of an upload board. */
export const usualPolicy = {
  refused: "wrong",
  empty: "wrong",
  unparsed: "wrong",
  conflict: "wrong",
  truncated: "wrong",
  judge_failed: "left out",
  errored: "wrong",
  missing: "wrong",
  awaiting_gold: "pending",
  awaiting_judgment: "pending",
  excluded: "left out",
} as const;
