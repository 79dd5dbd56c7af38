import { attacks } from "./attacks.js";
import { citationInvented } from "./citation.js";
import { doseTenfold, unitSwapped } from "./dose.js";
import { frequencyChanged } from "./frequency.js";
import { sideSwapped } from "./laterality.js";
import { whiteSpaceAdded, widthChanged } from "./layout.js";
import { negationDropped } from "./negation.js";
import type { MutationOperator } from "./operator.js";
import { politenessAdded } from "./padding.js";
import { pointsReordered } from "./point-order.js";
import { allergyIgnored, contraindicatedDrugAdded } from "./unsafe-advice.js";

/**
 * All operators, in the order of reports. Each changes one span of an answer and reports it, or does not apply.
 *
 * @example mutationOperators[0]?.apply("Give 5 mg.", { question: "", language: "en", criteria: [] }, createRandom(1))?.text // "Give 50 mg."
 */
export const mutationOperators: readonly MutationOperator[] = [
  doseTenfold,
  unitSwapped,
  frequencyChanged,
  negationDropped,
  sideSwapped,
  allergyIgnored,
  contraindicatedDrugAdded,
  citationInvented,
  whiteSpaceAdded,
  widthChanged,
  pointsReordered,
  politenessAdded,
  ...attacks,
];
