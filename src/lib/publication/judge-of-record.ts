import { type JudgeKind, judgeKind, judgeKinds } from "../records/judge-kind.js";
import { compareTexts } from "../util/compare-texts.js";

/**
 * Why a judge was chosen: named for this run (`flag`), pinned for the workspace (`pin`), named by the cycle (`cycle`), or the
 * first that is neither stub nor replay (`first`).
 */
export const judgeReasons = ["flag", "pin", "cycle", "first"] as const;
export type JudgeReason = (typeof judgeReasons)[number];

/** The judge whose verdicts the scores of a benchmark's pool use. */
export interface JudgeChoice {
  readonly benchmark: string;
  readonly pool: string;
  readonly judge: string;
  readonly kind: JudgeKind;
  readonly because: JudgeReason;
}

/** A judge that has verdicts on answers of a benchmark's pool. */
export interface JudgeCandidate {
  readonly benchmark: string;
  readonly pool: string;
  readonly judge: string;
  readonly nAnswers: number;
  /** Whether the verdicts came in with a source, and were not asked for here. */
  readonly isIngested: boolean;
  /** When it was first asked here, as an ISO time; null where that is not recorded. */
  readonly firstAsked: string | null;
}

/** What was said about judges, strongest first. */
export interface JudgeWishes {
  /** Judge named for this run. */
  readonly flag: string | null;
  /** Judge pinned in the settings of the workspace. */
  readonly pinned: string | null;
  /** Judges named in `cycle.yaml`. */
  readonly cycles: readonly { readonly benchmark: string; readonly pool: string; readonly judge: string }[];
  /** The choices of the last run. */
  readonly before: readonly JudgeChoice[];
}

/**
 * The judge of record of each pool that has verdicts: the one named for this run, else the pinned one, else the one that the cycle
 * names, else the one of the last run, else the first that is neither stub nor replay. A judge with more verdicts never
 * replaces another by itself. If there is no model, it is the first replay, and otherwise the first stub.
 *
 * First are judges whose verdicts came in with a source (the one with more answers first), then those asked here, by time.
 *
 * @returns one choice per benchmark and pool, in the order of their names
 * @example judgesOfRecord([{ benchmark: "b", pool: "p", judge: "stub", nAnswers: 9, isIngested: false, firstAsked: null }, { benchmark: "b", pool: "p", judge: "Qwen", nAnswers: 1, isIngested: true, firstAsked: null }], { flag: null, pinned: null, cycles: [], before: [] })[0].judge // "Qwen"
 */
export function judgesOfRecord(candidates: readonly JudgeCandidate[], wishes: JudgeWishes): JudgeChoice[] {
  const places = new Map(candidates.map((one) => [placeOf(one), one]));
  return [...places.values()]
    .sort((a, b) => compareTexts(a.benchmark, b.benchmark) || compareTexts(a.pool, b.pool))
    .flatMap(({ benchmark, pool }) => {
      const own = candidates.filter((one) => placeOf(one) === placeOf({ benchmark, pool }));
      return choose({ benchmark, pool }, own, wishes);
    });
}

interface Place {
  readonly benchmark: string;
  readonly pool: string;
}

const placeOf = ({ benchmark, pool }: Place) => `${benchmark}\u001f${pool}`;

function choose(place: Place, candidates: readonly JudgeCandidate[], wishes: JudgeWishes): JudgeChoice[] {
  const choice = (judge: string, because: JudgeReason): JudgeChoice[] => [
    { benchmark: place.benchmark, pool: place.pool, judge, kind: judgeKind(judge), because },
  ];
  if (wishes.flag !== null) return choice(wishes.flag, "flag");
  if (wishes.pinned !== null) return choice(wishes.pinned, "pin");
  const named = cycleJudge(place, wishes.cycles);
  if (named !== null) return choice(named, "cycle");
  const [first] = [...candidates].sort(byPrecedence);
  if (first === undefined) return [];
  const before = wishes.before.find((one) => placeOf(one) === placeOf(place));
  return before !== undefined && isKept(before, candidates, first)
    ? choice(before.judge, before.because === "flag" ? "flag" : "first")
    : choice(first.judge, "first");
}

/** The judge of the pool's cycle; of another pool's where all cycles of the benchmark name the same. */
function cycleJudge(place: Place, cycles: JudgeWishes["cycles"]): string | null {
  const own = cycles.find((one) => placeOf(one) === placeOf(place));
  if (own !== undefined) return own.judge;
  const judges = new Set(cycles.flatMap((one) => (one.benchmark === place.benchmark ? [one.judge] : [])));
  return judges.size === 1 ? ([...judges][0] as string) : null;
}

/** The judge of the last run stays while it has verdicts; a stub or a replay gives way to a model, unless somebody named it. */
function isKept(before: JudgeChoice, candidates: readonly JudgeCandidate[], first: JudgeCandidate): boolean {
  if (!candidates.some(({ judge }) => judge === before.judge)) return false;
  return before.because === "flag" || rank(before.judge) <= rank(first.judge);
}

const rank = (judge: string) => judgeKinds.indexOf(judgeKind(judge));

function byPrecedence(a: JudgeCandidate, b: JudgeCandidate): number {
  return (
    rank(a.judge) - rank(b.judge) ||
    Number(b.isIngested) - Number(a.isIngested) ||
    (a.isIngested ? b.nAnswers - a.nAnswers : 0) ||
    compareTexts(a.firstAsked ?? "9", b.firstAsked ?? "9") ||
    b.nAnswers - a.nAnswers ||
    compareTexts(a.judge, b.judge)
  );
}
