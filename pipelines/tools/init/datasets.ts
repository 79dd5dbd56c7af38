import { asText, languageOf } from "./content.js";
import type { GoldKind } from "./gold.js";
import { type Grades, groupOf } from "./grades.js";
import type { Scored } from "./items-table.js";
import type { Answers } from "./open-question.js";
import type { Placed, PlannedDataset } from "./planned.js";
import { scoredCells } from "./responses-table.js";
import { scaleOf } from "./scale.js";
import type { ScoreCells } from "./score-cells.js";

type Scoring = Omit<PlannedDataset, "id" | "language">;

const scoring = (
  answerType: string,
  scorer: PlannedDataset["scorer"],
  metric: string,
  why: string,
  options: PlannedDataset["options"] = {},
): Scoring => ({ answerType, scorer, options, metric, why });

/** How answers are scored against right answers of one kind. */
const byGold = {
  letters: scoring(
    "multiple_choice",
    "set",
    "accuracy",
    "right answers are sets of option letters; all must be given and no other",
    { kind: "letters" },
  ),
  letter: scoring("single_choice", "choice", "accuracy", "right answers are option letters"),
  label: scoring("label", "label", "accuracy", "right answers are a few labels"),
  number: scoring(
    "number",
    "number",
    "accuracy",
    "right answers are numbers; those with a fraction may be off by 5 %",
  ),
  labels: scoring("label_set", "label_set", "micro_f1", "right answers are sets of labels between |"),
  list: scoring(
    "set",
    "set",
    "accuracy",
    "right answers are lists of names; all must be given and no other",
    { kind: "names" },
  ),
} satisfies Partial<Record<GoldKind, Scoring>>;

const byJudge = (why: string) => scoring("open", "judge", "judge", why);

/** What the files give to score a dataset by. */
interface Evidence {
  readonly hasAnswers: boolean;
  /** Finished scores, and what has one scale among them. */
  readonly scores: ScoreCells | null;
  readonly groupOf: (at: number) => string;
  /** Grades by people, where nothing else was answered. */
  readonly rated: Grades["rated"];
  readonly hasKeyPoints: boolean;
}

/** Datasets in the order in which they occur, each with the scorer that fits its right answers or scores. */
export function datasetsOf(
  placed: readonly Placed[],
  scored: readonly Scored[],
  graded: Grades,
  answers: Answers,
  notes: string[],
): PlannedDataset[] {
  const ids = [...new Set(placed.flatMap(({ dataset }) => dataset.values.flatMap((value) => value ?? [])))];
  const evidence = evidenceOf(placed, scored, graded, answers);
  const open = scored.reduce(
    (sum, { gold }) => sum + (gold?.kinds.filter((kind) => kind === "none").length ?? 0),
    0,
  );
  if (open > 0)
    notes.push(
      `${open} questions have no right answer that can be read; they are left out of the scores (awaiting_gold in the catalogue)`,
    );
  return ids.map((id) => {
    const texts = scored.flatMap(({ one }) =>
      pick(one.sheet.recognized.roles.question?.values ?? [], one, id),
    );
    const kinds = new Set(
      scored.flatMap(({ one, gold }) => pick(gold?.kinds ?? [], one, id)).filter((kind) => kind !== "none"),
    );
    const found =
      byAnswers(kinds, evidence) ??
      (graded.datasets.has(id) ? byJudge("grades by a judge, as a share of the highest grade") : null) ??
      byScores(evidence, answers) ??
      byOtherGold(kinds, evidence);
    if (found === null)
      notes.push(
        `dataset ${id}: answers are free text and no column has scores, so a judge has to grade them: medbench judge --help`,
      );
    return {
      ...{ id, language: languageOf(texts.flatMap((text) => asText(text) ?? [])) },
      ...(found ?? byJudge("answers are free text: a judge has to grade them")),
    };
  });
}

function evidenceOf(
  placed: readonly Placed[],
  scored: readonly Scored[],
  graded: Grades,
  answers: Answers,
): Evidence {
  const answered = placed.find(({ gives }) => gives.responses);
  const wide = answered?.sheet.wide?.what === "system" ? answered.sheet.wide : null;
  return {
    hasAnswers:
      answered?.sheet.recognized.roles.answer !== undefined ||
      (wide?.entries.some(({ answer }) => answer !== undefined) ?? false),
    scores: answered === undefined ? null : scoredCells(answered, answers),
    groupOf: answered === undefined ? () => "" : groupOf(answered),
    rated: answered === undefined ? graded.rated : null,
    hasKeyPoints: scored.some(({ one }) => one.sheet.recognized.roles.key_points !== undefined),
  };
}

/** The only kind of right answers; null where there are several or none. */
function onlyKind(kinds: ReadonlySet<GoldKind>): GoldKind | null {
  const [only = null] = kinds;
  return kinds.size === 1 ? only : null;
}

function byAnswers(kinds: ReadonlySet<GoldKind>, { hasAnswers, scores }: Evidence): Scoring | null {
  if (!hasAnswers) return null;
  if (kinds.has("letters") && [...kinds].every((kind) => kind === "letter" || kind === "letters"))
    return byGold.letters;
  const only = onlyKind(kinds);
  if (only === "letter" || only === "label") return byGold[only];
  return only === "number" && scores === null ? byGold.number : null;
}

function byScores({ scores, groupOf: group, rated }: Evidence, answers: Answers): Scoring | null {
  if (scores === null && rated === null) return null;
  const { min, max, words } =
    scores === null ? (rated as NonNullable<typeof rated>).scale : scaleOf(scores, answers, group);
  return scoring(
    "open",
    "given",
    "score",
    `scores that the files give, on the scale ${words}`,
    min === 0 && max === 1 ? {} : { min, max },
  );
}

function byOtherGold(kinds: ReadonlySet<GoldKind>, { hasAnswers, hasKeyPoints }: Evidence): Scoring | null {
  const only = onlyKind(kinds);
  if (only === "labels" || only === "list") return byGold[only];
  if (hasKeyPoints)
    return scoring(
      "open",
      "key_points",
      "key_point_recall",
      "a judge has to say which key points an answer covers",
    );
  return !hasAnswers && only === "letter" ? byGold.letter : null;
}

function pick<T>(values: readonly T[], { dataset }: Placed, id: string): T[] {
  return values.filter((_, at) => dataset.values[at] === id);
}
