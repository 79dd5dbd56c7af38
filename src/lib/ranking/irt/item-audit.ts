import { InputError } from "../../errors.js";
import { tCdf } from "../../util/special.js";
import { answerProbability } from "./ability.js";
import type { MantelHaenszelItem } from "./differential/mantel-haenszel.js";
import type { DifferentialSize } from "./differential/matching.js";
import type { MarginalFit } from "./marginal-fit.js";
import type { ResponseMatrix } from "./responses.js";

/** Why an item should be reviewed. */
export type ItemFlag =
  | "all right"
  | "all wrong"
  | "not answered"
  | "low discrimination"
  | "extreme difficulty"
  | "negative rest correlation"
  | "misfit"
  | "differential functioning";

/** What `auditItems` found for one item. */
export interface ItemAudit {
  /** Position of the item, from 0. */
  readonly item: number;
  readonly n: number;
  /** Share of correct answers; null if no system answered. */
  readonly easiness: number | null;
  readonly a: number | null;
  readonly b: number | null;
  /** Correlation of the item with the mean of the person's other answers; null without variance on either side. */
  readonly restCorrelation: number | null;
  /**
   * Mean squared residual weighted by information (infit) and unweighted (outfit), at the EAP abilities; 1 is a perfect
   * fit. Null if the model is so certain of an answer (a probability of 0 or 1 in double precision) that its residual
   * has no variance.
   */
  readonly infit: number | null;
  readonly outfit: number | null;
  /** Groups for which the item functions differently; see `differential` in the options. */
  readonly differential: readonly DifferentialFinding[];
  readonly flags: readonly ItemFlag[];
}

/** An item that is harder or easier for a group than for others of the same ability. */
export interface DifferentialFinding {
  readonly group: string;
  /** ETS delta: below 0 if the item is harder for the group. */
  readonly delta: number | null;
  readonly size: DifferentialSize | null;
  readonly adjustedP: number;
}

/** The tests of one group, as `mantelHaenszelDif` returns them: one item for each column. */
export interface GroupTests {
  readonly group: string;
  readonly items: readonly Pick<MantelHaenszelItem, "delta" | "size" | "adjustedP">[];
}

/** Options of `auditItems`. */
export interface ItemAuditOptions {
  /** Slopes below this are flagged. Default 0.2. */
  readonly minimumSlope?: number;
  /** Difficulties beyond this on either side are flagged. Default 4. */
  readonly maximumDifficulty?: number;
  /** Infit outside this range is flagged. Default [0.7, 1.3]. */
  readonly infitRange?: readonly [number, number];
  /**
   * Flag a negative rest correlation only if its one-sided p-value is below this. Default 1: every negative one, which with few
   * systems is every third good item.
   */
  readonly restLevel?: number;
  /**
   * Tests of differential functioning, one for each group. An item is flagged if the adjusted p-value is at most 0.05 and the
   * difference is not negligible (B, C, or an odds ratio of 0 or infinity).
   */
  readonly differential?: readonly GroupTests[];
}

/**
 * Finds items that a maintainer of the item bank should review: items that do not discriminate, are far too easy or too
 * hard, correlate negatively with the rest of the test (usually because of a wrong key) or fit the model badly. A flag
 * means that a person should look, not that the item is bad; infit and outfit use shrunken abilities, so they are
 * biased toward 1.
 *
 * @param fit the result of `fit2pl` or `fit1pl` on the same matrix
 * @throws InputError if fit and matrix differ in size
 * @see Wright & Masters (1982), Rating Scale Analysis; thresholds of protocols.md P24
 * @example ((rows) => auditItems(rows, fit1pl(rows)))(parseResponseRows(["111", "110", "101", "100"]))[0].flags // ["all right"]
 */
export function auditItems(
  matrix: ResponseMatrix,
  fit: MarginalFit,
  {
    minimumSlope = 0.2,
    maximumDifficulty = 4,
    infitRange = [0.7, 1.3],
    restLevel = 1,
    differential = [],
  }: ItemAuditOptions = {},
): ItemAudit[] {
  if (fit.a.length !== (matrix[0]?.length ?? 0) || fit.eap.length !== matrix.length) {
    throw new InputError(
      `auditItems: fit has ${fit.eap.length} persons x ${fit.a.length} items, the matrix ${matrix.length} x ${matrix[0]?.length ?? 0}`,
    );
  }
  const uneven = differential.find(({ items }) => items.length !== fit.a.length);
  if (uneven !== undefined) {
    throw new InputError(
      `auditItems: the tests of group "${uneven.group}" have ${uneven.items.length} items, the fit ${fit.a.length}`,
    );
  }
  const dropped = new Map(fit.droppedItems.map(({ item, reason }) => [item, reason]));
  const totals = matrix.map((row) => ({
    right: row.filter((answer) => answer === 1).length,
    n: row.filter((answer) => answer !== null).length,
  }));
  return fit.a.map((a, item) => {
    const answered = matrix.flatMap((row, person) => {
      const right = row[item];
      return right === 0 || right === 1 ? [{ person, right }] : [];
    });
    const b = fit.b[item] ?? null;
    const rest = answered.flatMap(({ person, right }) => {
      const others = totals[person]!.n - 1;
      return others > 0 ? [{ x: right, y: (totals[person]!.right - right) / others }] : [];
    });
    const restCorrelation = pearson(rest);
    const residuals =
      a === null || b === null
        ? null
        : meanSquares(
            answered.map(({ person, right }) => ({
              right,
              chance: answerProbability({ a, b }, fit.eap[person]!),
            })),
          );
    const flags: ItemFlag[] = [];
    const reason = dropped.get(item);
    if (reason !== undefined) flags.push(reason);
    if (a !== null && a < minimumSlope) flags.push("low discrimination");
    if (b !== null && Math.abs(b) > maximumDifficulty) flags.push("extreme difficulty");
    if (
      restCorrelation !== null &&
      restCorrelation < 0 &&
      isUnlikely(restCorrelation, rest.length, restLevel)
    ) {
      flags.push("negative rest correlation");
    }
    if (residuals !== null && (residuals.infit < infitRange[0] || residuals.infit > infitRange[1])) {
      flags.push("misfit");
    }
    const found = differential.flatMap(({ group, items }): DifferentialFinding[] => {
      const { delta, size, adjustedP } = items[item]!;
      return adjustedP !== null && adjustedP <= 0.05 && size !== "A"
        ? [{ group, delta, size, adjustedP }]
        : [];
    });
    if (found.length > 0) flags.push("differential functioning");
    const n = answered.length;
    return {
      item,
      n,
      easiness: n === 0 ? null : answered.filter(({ right }) => right === 1).length / n,
      a,
      b,
      restCorrelation,
      infit: residuals?.infit ?? null,
      outfit: residuals?.outfit ?? null,
      differential: found,
      flags,
    };
  });
}

/** Whether a negative correlation of n points is significant, one-sided. */
function isUnlikely(correlation: number, n: number, level: number): boolean {
  if (level >= 1) return true;
  if (n < 3) return false;
  if (correlation <= -1 + 1e-12) return true;
  return tCdf(correlation * Math.sqrt((n - 2) / (1 - correlation ** 2)), n - 2) < level;
}

function meanSquares(
  answers: readonly { readonly right: number; readonly chance: number }[],
): { readonly infit: number; readonly outfit: number } | null {
  let squares = 0;
  let information = 0;
  let standardized = 0;
  for (const { right, chance } of answers) {
    const variance = chance * (1 - chance);
    if (variance === 0) return null;
    squares += (right - chance) ** 2;
    information += variance;
    standardized += (right - chance) ** 2 / variance;
  }
  return { infit: squares / information, outfit: standardized / answers.length };
}

function pearson(points: readonly { readonly x: number; readonly y: number }[]): number | null {
  if (points.length < 2) return null;
  const meanX = points.reduce((total, { x }) => total + x, 0) / points.length;
  const meanY = points.reduce((total, { y }) => total + y, 0) / points.length;
  let xx = 0;
  let yy = 0;
  let xy = 0;
  for (const { x, y } of points) {
    xx += (x - meanX) ** 2;
    yy += (y - meanY) ** 2;
    xy += (x - meanX) * (y - meanY);
  }
  return xx > 0 && yy > 1e-24 ? xy / Math.sqrt(xx * yy) : null;
}
