import { effectiveNumber } from "../agreement/design-weights.js";
import { InputError } from "../errors.js";
import type { Message } from "../messages/codes.js";
import { message } from "../messages/message.js";
import { adjustPValues } from "../stats/p-adjust.js";
import { wilcoxonSignedRank } from "../stats/wilcoxon.js";
import { groupBy } from "../util/group-by.js";
import { at, isPresent } from "../util/indexing.js";
import { tCdf } from "../util/special.js";
import { mean, sum } from "../util/sum.js";

/** Options of `altTest`. */
export interface AltTestOptions {
  /**
   * How far the judge's winning rate may be below a person's while the judge is still preferred because it is cheaper:
   * 0.2 for experts, 0.15 for skilled annotators, 0.1 for crowd workers. Default 0.2.
   */
  readonly epsilon?: number;
  /** False discovery rate over the raters. Default 0.05. */
  readonly falseDiscoveryRate?: number;
  /** "match": share of the other raters who gave the same score (default); "distance": minus the root mean squared distance from them. */
  readonly alignment?: "match" | "distance";
  /**
   * Raters with fewer usable items are left out. Default 30, below which the paper's test has little power. Items with
   * unequal numbers of rows count as the (lower) number of equal ones that would be as informative.
   */
  readonly minimumItems?: number;
  /**
   * Item of each row, if several rows (answers of several systems, criteria, variants) belong to one item. Then the items are the
   * independent units of the test, not the rows. Default: each row is an item of its own.
   */
  readonly clusters?: readonly string[];
}

/** Comparison of the judge with one rater. */
export interface AltTestRater {
  readonly rater: number;
  /** Rows scored by this rater, at least one other rater and the judge. */
  readonly n: number;
  /** Independent items among them. */
  readonly nItems: number;
  /** Share of rows on which the judge is at least as close to the others as this rater. */
  readonly judgeWins: number | null;
  readonly raterWins: number | null;
  readonly p: number | null;
  readonly pAdjusted: number | null;
  /** Whether the judge may replace this rater. */
  readonly rejected: boolean;
  readonly test: "t" | "Wilcoxon" | null;
  readonly reason: Message<"too-few-compared-items"> | null;
}

/** Result of `altTest`. */
export interface AltTest {
  readonly raters: readonly AltTestRater[];
  /** Share of tested raters whom the judge may replace; the test is passed at 0.5 or more. */
  readonly winningRate: number | null;
  readonly passed: boolean | null;
  /** Mean of `judgeWins` over tested raters, for comparing judges. */
  readonly advantageProbability: number | null;
  readonly epsilon: number;
  readonly reason: Message<"no-testable-rater"> | null;
}

/**
 * Alternative annotator test: may a judge replace a human rater? Each rater is left out in turn; on every item both the
 * rater and the judge are compared with the other raters, and the judge's winning rate must not be more than epsilon
 * below the rater's. One-sided t test per rater (signed-rank below 30 items), Benjamini-Yekutieli over raters.
 *
 * The t test counts half an item on which the person alone wins, because t is too sure where people hardly ever lose.
 *
 * The paper has one row per item. Where an item has several (answers of several systems, criteria), pass `clusters`: the
 * test is then the cluster-robust t test of the same mean, on the items minus one. A judge at the boundary passes less than
 * 5 % of the time with items as units, and 10 to 24 % with rows as units (`npm run simulate:coverage`).
 *
 * Passing means that the judge agrees with this panel about as well as a person does, on these items; it does not mean
 * that the panel agrees well. Show it together with `humanCeiling`.
 *
 * @param ratings one row per item (or answer, with `clusters`), one column per rater; null is missing
 * @param judge the judge's score of each row; null is missing
 * @returns raters with too few items are listed with a reason and not tested; no testable rater gives nulls
 * @throws InputError if rows are ragged or the lengths differ
 * @see Calderon, Reichart & Dror (2025), The alternative annotator test, arXiv:2501.10970
 * @example altTest([[1, 1], [0, 1], [1, 0]], [1, 1, 1], { minimumItems: 3 }).raters[0].raterWins // 2 / 3
 */
export function altTest(
  ratings: readonly (readonly (number | null)[])[],
  judge: readonly (number | null)[],
  {
    epsilon = 0.2,
    falseDiscoveryRate = 0.05,
    alignment = "match",
    minimumItems = 30,
    clusters,
  }: AltTestOptions = {},
): AltTest {
  const nRaters = ratings[0]?.length ?? 0;
  const ragged = ratings.findIndex((row) => row.length !== nRaters);
  if (ragged >= 0 || ratings.length !== judge.length) {
    throw new InputError(
      `altTest: needs ${nRaters} ratings for each of ${judge.length} items; got ${ratings.length} rows${ragged < 0 ? "" : `, row ${ragged} with ${ratings[ragged]!.length}`}`,
    );
  }
  if (clusters !== undefined && clusters.length !== ratings.length) {
    throw new InputError(`altTest: ${clusters.length} clusters for ${ratings.length} rows`, {
      hint: "Name the item of each row.",
    });
  }
  const compared = Array.from({ length: nRaters }, (_, rater) =>
    compare(ratings, judge, rater, alignment, clusters),
  );
  const tested = compared.map((rows) => oneSidedTest(rows, epsilon, minimumItems));
  const defined = tested.flatMap(({ p }, rater) => (p === null ? [] : [{ rater, p }]));
  const adjusted = adjustPValues(
    defined.map(({ p }) => p),
    "benjamini-yekutieli",
  );
  const pAdjusted = new Map(defined.map(({ rater }, i) => [rater, at(adjusted, i)]));
  const raters = tested.map(({ p, test, reason }, rater): AltTestRater => {
    const rows = compared[rater]!;
    const share = (wins: (row: Comparison) => boolean) =>
      rows.length === 0 ? null : rows.filter(wins).length / rows.length;
    const value = pAdjusted.get(rater) ?? null;
    return {
      rater,
      n: rows.length,
      nItems: new Set(rows.map(({ item }) => item)).size,
      judgeWins: share((row) => row.judge),
      raterWins: share((row) => row.rater),
      p,
      pAdjusted: value,
      rejected: value !== null && value <= falseDiscoveryRate,
      test,
      reason,
    };
  });
  if (defined.length === 0) {
    const reason = message("no-testable-rater", { wanted: minimumItems });
    return { raters, winningRate: null, passed: null, advantageProbability: null, epsilon, reason };
  }
  const winningRate = raters.filter((rater) => rater.rejected).length / defined.length;
  const advantageProbability = mean(
    defined.map(({ rater }) => at(raters, rater).judgeWins).filter(isPresent),
  );
  return { raters, winningRate, passed: winningRate >= 0.5, advantageProbability, epsilon, reason: null };
}

/** Who is at least as close to the other raters on one row; both on a tie. */
interface Comparison {
  /** Item that the row belongs to. */
  readonly item: string;
  readonly judge: boolean;
  readonly rater: boolean;
}

function compare(
  ratings: readonly (readonly (number | null)[])[],
  judge: readonly (number | null)[],
  rater: number,
  alignment: "match" | "distance",
  clusters: readonly string[] | undefined,
): Comparison[] {
  return ratings.flatMap((row, i) => {
    const own = row[rater] ?? null;
    const verdict = judge[i] ?? null;
    const others = row.filter((score, other): score is number => other !== rater && score !== null);
    if (own === null || verdict === null || others.length === 0) return [];
    const lead = closeness(verdict, others, alignment) - closeness(own, others, alignment);
    // Equal root mean squares can differ in the last bit.
    return [{ item: clusters?.[i] ?? String(i), judge: lead >= -1e-12, rater: lead <= 1e-12 }];
  });
}

function closeness(score: number, others: readonly number[], alignment: "match" | "distance"): number {
  if (alignment === "match") return others.filter((other) => other === score).length / others.length;
  return -Math.sqrt(mean(others.map((other) => (other - score) ** 2)));
}

function oneSidedTest(
  rows: readonly Comparison[],
  epsilon: number,
  minimumItems: number,
): Pick<AltTestRater, "p" | "test" | "reason"> {
  const items = groupBy(rows, ({ item }) => item);
  const lead = ({ rater, judge }: Comparison) => Number(rater) - Number(judge) - epsilon;
  const { sums, sizes } = {
    sums: [...items.values()].map((own) => sum(own.map(lead))),
    sizes: [...items.values()].map((own) => own.length),
  };
  // Items with many rows weigh more: as many items of equal size would be as informative.
  const nEffective = Math.floor(effectiveNumber(sizes) + 1e-9);
  const wanted = Math.max(2, minimumItems);
  if (nEffective < wanted) {
    return { p: null, test: null, reason: message("too-few-compared-items", { found: nEffective, wanted }) };
  }
  if (nEffective < 30) {
    const { wPlus, wMinus, pExact } = wilcoxonSignedRank(
      sums.map((total, i) => total / at(sizes, i)),
      sums.map(() => 0),
    );
    const half = (pExact ?? 1) / 2;
    return { p: wPlus < wMinus ? half : 1 - half, test: "Wilcoxon", reason: null };
  }
  // Half an item on which the person alone wins. Without it, a few items decide where people hardly ever lose: 4 of 40 lost
  // items would pass a judge that loses 8, which happens in 8 % of studies.
  const size = sum(sizes) / nEffective;
  const own = size * (1 - epsilon);
  const total = sum(sizes) + size / 2;
  const center = (sum(sums) + own / 2) / total;
  const squares = sum(sums.map((each, i) => (each - center * at(sizes, i)) ** 2));
  const variance = (squares + (own - center * size) ** 2 / 2) * (items.size / (items.size - 1));
  return { p: tCdf((center * total) / Math.sqrt(variance), nEffective - 1), test: "t", reason: null };
}
