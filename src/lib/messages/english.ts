import type { Sentences } from "./codes.js";
import { englishPlural } from "./plural.js";

const items = (n: number) => englishPlural(n, "item", "items");
const ratedItems = (n: number) => englishPlural(n, "rated item", "rated items");

export const englishSentences: Sentences = {
  "no-rated-answer": () => "no answer was rated",
  "one-value-only": () => "both sides used a single value, so kappa cannot be computed (0/0)",
  "one-item-only": () => "all ratings are of a single item, so there is no standard error",
  "too-few-items-for-interval": ({ found, wanted }) =>
    `ratings of ${items(found)} are too few for an interval; at least ${items(wanted)} needed`,
  "no-disagreement": () => "agreement is the same on every item, so there is no error to estimate",

  "below-target": ({ target }) => `its own ratings show a kappa below ${target}`,
  "reaches-target": ({ target, floor }) =>
    `its own ratings reach a kappa of ${target} and show that it is above ${floor}`,
  "no-kappa": () => "kappa cannot be computed from its ratings",
  "too-few-slices": () => "there are too few slices to borrow strength from",
  "few-items-borrowed": ({ items: n, floor }) =>
    `only ${ratedItems(n)} of its own; the other slices support a kappa above ${floor}`,
  "undecided-borrowed": ({ floor }) =>
    `its own ratings do not settle it; the other slices support a kappa above ${floor}`,
  "below-other-slices": ({ items: n }) =>
    `ratings of ${items(n)} suggest a lower kappa than in the other slices, so those do not speak for this one`,
  "not-above-floor": ({ floor }) => `even with the other slices, a kappa above ${floor} is not supported`,

  "too-few-shared-items": () => "fewer than two items were graded both times",
  "too-few-rated-items-in-pool": () => "one of the pools has fewer than two rated items",

  "answers-not-stored": () => "the texts of the answers are not in the warehouse",
  "no-numbered-criterion": () => "none of the rated criteria belongs to a numbered list",
  "no-variation": () => "all answers have the same value of this factor",
  "no-testable-rater": ({ wanted }) =>
    `no rater has ${items(wanted)} that both the judge and another rater scored`,
  "too-few-compared-items": ({ found, wanted }) =>
    `only ${items(found)} can be compared; ${items(wanted)} are needed`,
  "too-few-systems": () => "fewer than two systems were graded by both judges",
  "systems-tied": () => "one of the judges gives every system the same mean",

  "own-family": ({ family }) => `${family} (the judge's own family)`,
  family: ({ family }) => family,
  "length-doubling": () => "per doubling of the answer's length",
  "list-place": () => "per place in the list of points",
  "shuffled-place": () => "per place, for the same point shown at different places",
  "judge-itself": () => "the same judge grading again",
  "all-raters": ({ epsilon }) => `all raters, epsilon ${epsilon}`,
  rater: ({ rater }) => rater,
  "other-judge": ({ judge, place }) => `${judge} (${place})`,

  "too-few-rated-items": ({ found, wanted }) =>
    `${ratedItems(found)}; at least ${wanted.toLocaleString("en")} needed`,
  "other-judge-version": () => "the rated answers were graded by another version of the judge",
  "other-systems-rated": () => "only other systems' answers were rated, which are a different population",
  "other-pool-rated": () => "only answers from another pool were rated, which are a different population",
  "no-ratings": () => "there are no ratings",
  "unseen-errors": ({ found, missed, wanted }) =>
    `all ${ratedItems(found)} differ from the judge by the same amount, so its errors cannot be estimated: up to ${missed} % of the answers could be wrong without one among the rated; ${ratedItems(wanted)} would do`,
  "unrated-part": ({ part, percent }) =>
    `no answer was rated in parts that carry ${percent} % of the judged weight, such as ${part}; rate a sample of all judged answers (medbench rating-packet)`,
  "selected-ratings": ({ rated, others, p }) =>
    `the rated answers are not a random sample of the judged ones: low/middle/high grades by the judge are ${rated} % of them and ${others} % of the others (p = ${p}); rate a random sample (medbench rating-packet), or give the inclusion probabilities of this one`,

  "no-comparable-run": () => "no other run has this score under the same conditions",
  "too-many-groups": () => "there are too many groups to compare systems group by group",
  "incomplete-score": () => "the score is incomplete: some tasks have none",
  "too-few-rated-answers": () => "too few of its answers were rated",
  "constant-difference": () => "the difference does not vary between groups, so there is no standard error",

  "wilson-groups": () => "Wilson interval on the effective number of groups",
  "wilson-rows": () => "Wilson interval over rows, as if they were independent",
  "score-groups": () => "score interval of a weighted mean, on the effective numbers of groups of its parts",
  "joint-rank-sets": () => "joint rank confidence sets, step-down over studentized differences",
  "marginal-rank-sets": () => "marginal rank confidence sets, step-down over studentized differences",
};
