import { gateReason } from "../../lib/messages/gate.js";
import type { GateFacts } from "../../lib/messages/gate-sentences.js";
import { englishPlural as plural } from "../../lib/messages/plural.js";
import type { GateDecision } from "../../lib/publication/gate.js";
import type { Row } from "../../lib/records/tables.js";

/** Words about what may be published. */
export const gatesEnglish = {
  title: "What may be published?",
  withheld: "withheld",
  column: "Publication",
  corrected: "Corrected by physicians' ratings",
  restsOnJudge: "Depends on the judge",
  unvalidated: "Not validated",
  decisions: {
    no_judge_involved: "no judge",
    publish: "published",
    publish_corrected: "corrected",
    publish_with_warning: "caveat",
    withhold: "withheld",
  } satisfies Readonly<Record<GateDecision, string>>,
  scopes: {
    task: "Scores of datasets",
    dimension: "Scores of dimensions",
    overall: "Overall scores",
    specialty: "Scores of specialties",
    judged_overall: "Mean grades, overall",
    judged_dimension: "Mean grades by dimension",
    judged_specialty: "Mean grades by specialty",
  } satisfies Readonly<Record<Row<"gates">["scope"], string>>,
  scope: "Figures",
  total: "All",
  /** Why a figure is published, published with a caveat, or withheld. */
  reason: (gate: GateFacts, specialtyName: (code: string) => string) => gateReason(gate, "en", specialtyName),
  note: (n: number, of: number) =>
    `${n.toLocaleString("en")} of ${plural(of, "score", "scores")} are withheld because too much of each depends on grades where physicians' ratings do not support the judge.`,
  judgedOverall: (share: string) =>
    `Up to ${share} of an overall score depends on grades that have not been checked against physicians.`,
  here: (n: number) => `${plural(n, "score is", "scores are")} withheld here (⊘):`,
  caption:
    "All figures that depend on the judge, by publication decision. Withheld figures have no value in any table or download.",
  withheldCaption: "Withheld figures, with the reason and with what would make them publishable.",
  none: "Nothing is withheld.",
  runs: "Systems",
};
