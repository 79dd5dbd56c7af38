// Two raters, categories

export {
  cohenKappa,
  cohenKappaBootstrap,
  cohenKappaOfLabels,
  type Kappa,
  type KappaOptions,
} from "./cohen-kappa.js";
export { type Crosstab, crosstab, type Label, type RatingsByItem, type RatingsByRater } from "./crosstab.js";
export {
  brennanPredigerTable,
  scottPi,
  type TableCoefficient,
  type TableCoefficientOptions,
} from "./scott-pi.js";
export { type AgreementWeighting, agreementWeights } from "./weights.js";

// Two raters, pairs in clusters

export {
  type ClusteredKappa,
  type ClusteredKappaOptions,
  clusteredKappa,
  type KappaDifference,
  kappaDifference,
  type ValuePair,
} from "./clustered-kappa.js";
export { fisherInterval } from "./fisher-interval.js";
export { type RatingSampleSizeOptions, ratingSampleSize } from "./rating-sample-size.js";

// Several raters, categories

export {
  brennanPrediger,
  fleissKappaGeneral,
  gwetAgreement,
  type RaterAgreement,
  type RaterAgreementOptions,
} from "./chance-corrected.js";
export { type FleissKappa, fleissKappa } from "./fleiss-kappa.js";
export {
  type Alpha,
  type AlphaOptions,
  krippendorffAlpha,
  krippendorffAlphaBootstrap,
  type MeasurementLevel,
} from "./krippendorff-alpha.js";

// Numeric ratings

export { type BlandAltman, type BlandAltmanOptions, blandAltman, type Limit } from "./bland-altman.js";
export { type Icc, type IccForm, type IccOptions, icc, type MeanSquares } from "./icc.js";
export { type LinCcc, type LinCccOptions, linCcc } from "./lin-ccc.js";

// Association

export { type KendallTau, kendallTauB } from "./kendall-tau.js";
export { type Correlation, correlation, pearson, spearman } from "./pearson.js";
export { type SomersD, somersD } from "./somers-d.js";
