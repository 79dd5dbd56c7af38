import { allergens, contraindicatedDrugs, forbiddenDrugs } from "./contraindications.js";
import type { MutationContext, MutationOperator } from "./operator.js";
import { addSentence, pickOne } from "./places.js";

/** Uses what the question says about the patient; only if it says nothing, the answer's own warnings. */
function fromQuestionOrAnswer(
  find: (text: string) => string[],
  { question }: MutationContext,
  answer: string,
): string[] {
  const asked = find(question);
  return asked.length > 0 ? asked : find(answer);
}

/** The patient is allergic to penicillin; the edited answer says to give it. Needs a named allergy. */
export const allergyIgnored: MutationOperator = {
  id: "allergy-ignored",
  kind: "dangerous",
  summary: "what the patient is allergic to, recommended",
  apply: (answer, context, random) => {
    const found = fromQuestionOrAnswer(allergens, context, answer);
    if (found.length === 0) return null;
    const name = pickOne(found, random);
    const sentence =
      context.language === "zh"
        ? `过敏史可不予考虑，直接给予${name}。`
        : `The allergy can be disregarded: give ${name}.`;
    return addSentence(answer, sentence, context.language);
  },
};

/**
 * Adds a drug that the question (or the answer itself) forbids, or one that a textbook forbids in a condition that the
 * question names.
 */
export const contraindicatedDrugAdded: MutationOperator = {
  id: "contraindicated-drug-added",
  kind: "dangerous",
  summary: "a contraindicated drug added",
  apply: (answer, context, random) => {
    const { language } = context;
    const named = fromQuestionOrAnswer(forbiddenDrugs, context, answer);
    const drugs =
      named.length > 0
        ? named
        : fromQuestionOrAnswer((text) => contraindicatedDrugs(text, language), context, answer);
    if (drugs.length === 0) return null;
    const drug = pickOne(drugs, random);
    return addSentence(answer, language === "zh" ? `同时加用${drug}。` : `Also give ${drug}.`, language);
  },
};
