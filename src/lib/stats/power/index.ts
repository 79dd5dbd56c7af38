export {
  differenceSampleSize,
  minimumDetectableDifference,
  type PairedDesign,
  powerOfDifference,
} from "./detectable-difference.js";
export {
  type KappaPlan,
  type KappaSampleSize,
  type KappaSampleSizeOptions,
  kappaSampleSize,
} from "./kappa-sample-size.js";
export {
  type ClusteredDesign,
  designEffect,
  type MeanSampleSizeOptions,
  meanSampleSize,
} from "./mean-sample-size.js";
export { type ProportionSampleSizeOptions, proportionSampleSize } from "./proportion-sample-size.js";
