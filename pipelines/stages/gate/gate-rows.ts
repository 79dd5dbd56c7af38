import type { FigureReliance } from "../../../src/lib/publication/figure-reliance.js";
import { type GatePolicy, type JudgeReliance, publicationGate } from "../../../src/lib/publication/gate.js";
import type { Remedy } from "../../../src/lib/publication/slice-standing.js";
import { clamp } from "../../../src/lib/util/clamp.js";

const nothing: FigureReliance = { judge: 0, unvalidated: 0, provisional: 0, unrated: 0, slices: new Map() };

/** The columns of a gate, except those that identify its figure. */
export function gateOf(
  reliance: FigureReliance | undefined,
  standing: Pick<JudgeReliance, "isCorrected" | "isSelected" | "hasDrifted">,
  policy: GatePolicy,
) {
  const { judge, unvalidated, provisional, unrated, slices } = reliance ?? nothing;
  const gate = publicationGate(
    {
      judgeShare: judge,
      unvalidatedShare: unvalidated,
      provisionalShare: provisional,
      isRated: unrated === 0,
      ...standing,
    },
    policy,
  );
  const responsible = [...slices].sort(([a, x], [b, y]) => y.share - x.share || (a < b ? -1 : 1));
  const names = responsible.map(([name]) => name);
  return {
    ...gate,
    measured: inUnit(gate.measured),
    judge_share: inUnit(judge),
    unvalidated_share: inUnit(unvalidated),
    provisional_share: inUnit(provisional),
    slices: names.join("|"),
    ...(gate.decision === "withhold"
      ? liftOf(responsible.map(([, slice]) => slice))
      : { lift: null, lift_items: null }),
  };
}

/** More ratings help where at least one responsible slice is undecided; a slice that was shown to fail needs another judge. */
function liftOf(slices: readonly { readonly remedy: Remedy }[]) {
  const items = slices.reduce((sum, { remedy }) => sum + (remedy.kind === "rate_more" ? remedy.items : 0), 0);
  const lift = items > 0 ? "rate_more" : "recalibrate";
  return { lift, lift_items: items > 0 ? items : null } as const;
}

/** Shares are sums of products of weights; rounding must not carry them over 1. */
function inUnit(share: number): number;
function inUnit(share: number | null): number | null;
function inUnit(share: number | null): number | null {
  return share === null ? null : clamp(share);
}
