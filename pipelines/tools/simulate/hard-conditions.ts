import { unknownName } from "../../../src/lib/util/known-names.js";

/** Conditions under which inference is hard; `--hard` plants them, and says of each what it does. */
export const hardConditions = {
  "perfect-safety": "nearly every safety question is answered right by every system",
  "twelve-groups": "twelve groups in every question file, whatever the size",
  "skewed-grades": "four fifths of all grades are at the top",
  "lenient-dimension": "the judge gives a grade too much in one dimension of each track",
  "unequal-groups":
    "questions come in cases: one case has a third of a file's questions, the others two each",
  "random-raters": "the three physicians are a sample of physicians who are not equally strict",
  "low-grades-rated": "physicians rate only answers to which the judge gave low grades, and no sheet says so",
  "few-ratings": "forty answers are rated in all",
} as const;

export type HardCondition = keyof typeof hardConditions;

/** Reads `--hard`: names with commas, or all of them. */
export function chosenConditions(text: string | boolean | undefined): HardCondition[] {
  const all = Object.keys(hardConditions) as HardCondition[];
  if (text === undefined || text === false) return [];
  if (text === true || text === "all") return all;
  const names = text.split(",").map((name) => name.trim());
  for (const name of names) {
    if (!Object.hasOwn(hardConditions, name)) {
      throw unknownName(name, all, {
        ...{ where: "simulate --hard", what: "condition" },
        remedy: "Separate several by commas; --hard alone plants all of them.",
      });
    }
  }
  return all.filter((name) => names.includes(name));
}
