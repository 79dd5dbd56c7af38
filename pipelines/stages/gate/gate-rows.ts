import { type GatePolicy, type GateRule, publicationGate } from "../../../src/lib/publication/gate.js";
import { clamp } from "../../../src/lib/util/clamp.js";
import { formatRounded } from "../../../src/lib/util/rounding.js";
import type { FigureReliance } from "./reliance.js";

const nothing: FigureReliance = { judge: 0, unvalidated: 0, provisional: 0, unrated: 0, slices: new Map() };

/** The columns of a gate beside those that say which figure it is about. */
export function gateOf(
  reliance: FigureReliance | undefined,
  { isCorrected, hasDrifted }: { readonly isCorrected: boolean; readonly hasDrifted: boolean },
  policy: GatePolicy,
) {
  const { judge, unvalidated, provisional, unrated, slices } = reliance ?? nothing;
  const gate = publicationGate(
    {
      judgeShare: judge,
      unvalidatedShare: unvalidated,
      provisionalShare: provisional,
      isRated: unrated === 0,
      isCorrected,
      hasDrifted,
    },
    policy,
  );
  const blamed = [...slices].sort(([a, x], [b, y]) => y.share - x.share || (a < b ? -1 : 1));
  const names = blamed.map(([name]) => name);
  return {
    ...gate,
    measured: inUnit(gate.measured),
    reason: reasonFor(gate.rule, { measured: gate.measured, limit: policy.unvalidatedLimit, names }),
    judge_share: inUnit(judge),
    unvalidated_share: inUnit(unvalidated),
    provisional_share: inUnit(provisional),
    slices: names.join("|"),
    ...(gate.decision === "withhold"
      ? liftOf(blamed.map(([, slice]) => slice))
      : { lift: null, lift_items: null }),
  };
}

/** More ratings help where at least one slice to blame is undecided; what is shown to fail needs another judge. */
function liftOf(blamed: readonly { readonly remedy: FigureRemedy }[]) {
  const items = blamed.reduce((sum, { remedy }) => sum + (remedy.kind === "rate_more" ? remedy.items : 0), 0);
  const lift = items > 0 ? "rate_more" : "recalibrate";
  return { lift, lift_items: items > 0 ? items : null } as const;
}
type FigureRemedy = FigureReliance["slices"] extends Map<string, { remedy: infer R }> ? R : never;

function reasonFor(
  rule: GateRule,
  {
    measured,
    limit,
    names,
  }: { readonly measured: number | null; readonly limit: number; readonly names: readonly string[] },
): string {
  const percent = (share: number | null) => `${formatRounded(share === null ? null : share * 100)} %`;
  const most = 4;
  const slices =
    names.slice(0, most).join(", ") + (names.length > most ? ` and ${names.length - most} more` : "");
  switch (rule) {
    case "no_judge":
      return "nothing rests on a judge";
    case "validated":
      return "the judge is validated wherever the figure rests on it";
    case "corrected":
      return `stands beside an estimate corrected by physicians' ratings; ${percent(measured)} rests on verdicts that nothing vouches for, at most ${percent(limit)} may`;
    case "provisional":
      return `${percent(measured)} rests on verdicts accepted with a caveat: borrowed support, or an interval that reaches below the target`;
    case "drift_alarm":
      return "the judge's distance from physicians has moved in this pool";
    case "unvalidated_share":
      return `${percent(measured)} rests on verdicts where the judge is not validated (${slices}); at most ${percent(limit)} may`;
    case "judge_not_rated":
      return `${percent(measured)} rests on a version of the judge whose verdicts no physician rated; at most ${percent(limit)} may`;
  }
}

/** Shares are sums of products of weights; rounding must not carry them over 1. */
function inUnit(share: number): number;
function inUnit(share: number | null): number | null;
function inUnit(share: number | null): number | null {
  return share === null ? null : clamp(share);
}
