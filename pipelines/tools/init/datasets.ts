import { asText, languageOf } from "./content.js";
import { criteriaColumns, type Grades } from "./grades.js";
import type { Scored } from "./items-table.js";
import type { Answers } from "./open-question.js";
import type { Placed, PlannedDataset } from "./planned.js";
import { scaleOf } from "./scale.js";

/** Datasets in the order in which they occur, each with the scorer that fits its right answers or scores. */
export function datasetsOf(
  placed: readonly Placed[],
  scored: readonly Scored[],
  graded: Grades,
  answers: Answers,
  notes: string[],
): PlannedDataset[] {
  const ids = [...new Set(placed.flatMap(({ dataset }) => dataset.values.flatMap((value) => value ?? [])))];
  const answered = placed.find(({ gives }) => gives.responses);
  const wide = answered?.sheet.wide?.what === "system" ? answered.sheet.wide : null;
  const scores =
    wide === null
      ? [answered?.sheet.recognized.roles.score].flatMap((column) => column ?? [])
      : wide.entries.flatMap(({ score }) => score ?? []);
  const hasAnswers =
    answered?.sheet.recognized.roles.answer !== undefined ||
    (wide?.entries.some(({ answer }) => answer !== undefined) ?? false);
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
    const language = languageOf(texts.flatMap((text) => asText(text) ?? []));
    const kinds = new Set(
      scored.flatMap(({ one, gold }) => pick(gold?.kinds ?? [], one, id)).filter((kind) => kind !== "none"),
    );
    const base = { id, language };
    if (hasAnswers) {
      if (kinds.has("letters") && [...kinds].every((kind) => kind === "letter" || kind === "letters"))
        return {
          ...base,
          answerType: "multiple_choice",
          scorer: "set",
          options: { kind: "letters" },
          metric: "accuracy",
          why: "right answers are sets of option letters; all must be given and no other",
        };
      if (kinds.size === 1 && kinds.has("letter"))
        return {
          ...base,
          answerType: "single_choice",
          scorer: "choice",
          options: {},
          metric: "accuracy",
          why: "right answers are option letters",
        };
      if (kinds.size === 1 && kinds.has("label"))
        return {
          ...base,
          answerType: "label",
          scorer: "label",
          options: {},
          metric: "accuracy",
          why: "right answers are a few labels",
        };
      if (kinds.size === 1 && kinds.has("number") && scores.length === 0)
        return {
          ...base,
          answerType: "number",
          scorer: "number",
          options: {},
          metric: "accuracy",
          why: "right answers are numbers; those with a fraction may be off by 5 %",
        };
    }
    if (graded.datasets.has(id))
      return {
        ...base,
        answerType: "open",
        scorer: "judge",
        options: {},
        metric: "judge",
        why: "grades by a judge, as a share of the highest grade",
      };
    const unnamed =
      answers.get("grades") === "scores"
        ? criteriaColumns(undefined, answered?.sheet.recognized.others ?? [])
        : [];
    const rated = answered === undefined ? graded.rated : null;
    if (scores.length > 0 || unnamed.length > 0 || rated !== null) {
      const scale =
        rated !== null
          ? rated.scale
          : scaleOf(
              scores.length > 0 ? scores : unnamed,
              answers,
              `Column ${scores
                .map(({ name }) => JSON.stringify(name))
                .slice(0, 4)
                .join(", ")}`,
            );
      return {
        ...base,
        answerType: "open",
        scorer: "given",
        options: scale.min === 0 && scale.max === 1 ? {} : { min: scale.min, max: scale.max },
        metric: "score",
        why: `scores that the files give, on the scale ${scale.words}`,
      };
    }
    if (kinds.size === 1 && kinds.has("labels"))
      return {
        ...base,
        answerType: "label_set",
        scorer: "label_set",
        options: {},
        metric: "micro_f1",
        why: "right answers are sets of labels between |",
      };
    if (kinds.size === 1 && kinds.has("list"))
      return {
        ...base,
        answerType: "set",
        scorer: "set",
        options: { kind: "names" },
        metric: "accuracy",
        why: "right answers are lists of names; all must be given and no other",
      };
    if (scored.some(({ one }) => one.sheet.recognized.roles.key_points !== undefined))
      return {
        ...base,
        answerType: "open",
        scorer: "key_points",
        options: {},
        metric: "key_point_recall",
        why: "a judge has to say which key points an answer covers",
      };
    if (!hasAnswers && kinds.size === 1 && kinds.has("letter"))
      return {
        ...base,
        answerType: "single_choice",
        scorer: "choice",
        options: {},
        metric: "accuracy",
        why: "right answers are option letters",
      };
    notes.push(
      `dataset ${id}: answers are free text and no column has scores, so a judge has to grade them: medbench judge --help`,
    );
    return {
      ...base,
      answerType: "open",
      scorer: "judge",
      options: {},
      metric: "judge",
      why: "answers are free text: a judge has to grade them",
    };
  });
}

function pick<T>(values: readonly T[], { dataset }: Placed, id: string): T[] {
  return values.filter((_, at) => dataset.values[at] === id);
}
