import { type MarginalFit, type MarginalOptions, marginalFit } from "./marginal-fit.js";
import type { ResponseMatrix } from "./responses.js";

/**
 * Two-parameter logistic model by marginal maximum likelihood: P(correct) = 1 / (1 + exp(-a (theta - b))) with theta ~
 * N(0, 1), equally spaced quadrature, no priors, no constant 1.7. Missing answers are left out of the likelihood; items
 * that all systems answered the same way have no finite difficulty and are dropped; the result lists them.
 *
 * The model assumes that one ability explains the answers: check `dimensionRatio`, or fit each topic separately. With
 * fewer than 30 systems or 50 items the fit has a warning: 30 slopes estimated from 40 systems mean little.
 *
 * @param matrix rows are systems, columns items: 1 correct, 0 wrong, null missing
 * @throws InputError on ragged rows or other values
 * @see Bock & Aitkin (1981), doi:10.1007/BF02293801
 * @see oracle: direct maximization in scipy, and R ltm, 09-irt.json
 * @example fit2pl(parseResponseRows(["111", "110", "110", "101", "100", "100"])).b[1] // 0
 */
export function fit2pl(matrix: ResponseMatrix, options: MarginalOptions = {}): MarginalFit {
  return marginalFit("fit2pl", matrix, false, options);
}

/**
 * One-parameter logistic model: like `fit2pl`, but with one discrimination for all items, so that systems with the same
 * number of correct answers on the same items get the same ability.
 *
 * @param matrix rows are systems, columns items: 1 correct, 0 wrong, null missing
 * @throws InputError on ragged rows or other values
 * @see Thissen (1982), doi:10.1007/BF02296273
 * @see oracle: direct maximization in scipy, 09-irt.json
 * @example fit1pl(parseResponseRows(["11", "11", "10", "01", "00", "00"])).b[1] // 0
 */
export function fit1pl(matrix: ResponseMatrix, options: MarginalOptions = {}): MarginalFit {
  return marginalFit("fit1pl", matrix, true, options);
}
