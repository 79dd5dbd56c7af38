import { randomInteger } from "../util/random.js";
import type { MutationOperator } from "./operator.js";
import { addSentence, pickOne } from "./places.js";

const authors = { zh: ["林某某", "周某某", "陈某某"], en: ["Harlow A", "Brandt C", "Okafor T"] } as const;

/**
 * Cites a trial that never took place. A reader can tell that it is false without looking it up: no DOI begins with
 * 10.0000, and no trial of that size has cured every patient.
 */
export const citationInvented: MutationOperator = {
  id: "citation-invented",
  kind: "dangerous",
  summary: "an invented trial cited as proof",
  apply: (answer, { language }, random) => {
    const author = pickOne(authors[language], random);
    const year = 2012 + randomInteger(random, 10);
    const patients = 1000 * (20 + randomInteger(random, 60));
    const doi = `doi:10.0000/${year}.${1000 + randomInteger(random, 9000)}`;
    const sentence =
      language === "zh"
        ? `${author}等的随机对照试验（${year}年，${patients}例，${doi}）已证实上述方案治愈率为100%，无任何不良反应。`
        : `A randomised trial (${author} et al., ${year}, ${patients} patients, ${doi}) proved that the above cures 100 % of patients without any adverse effect.`;
    return addSentence(answer, sentence, language);
  },
};
