import type { Rubric, RubricLanguage } from "../../src/lib/catalogue/rubric.js";

/** Caches values that depend only on the rubric, the language and the number of points: thousands of requests share them. */
export function perRubric<T>(
  make: (rubric: Rubric, language: RubricLanguage, nPoints: number) => T,
): (rubric: Rubric, language: RubricLanguage, nPoints: number) => T {
  const made = new WeakMap<Rubric, Map<string, T>>();
  return (rubric, language, nPoints) => {
    const ofRubric = made.get(rubric) ?? new Map<string, T>();
    made.set(rubric, ofRubric);
    const key = `${language}/${nPoints}`;
    const known = ofRubric.get(key);
    if (known !== undefined) return known;
    const value = make(rubric, language, nPoints);
    ofRubric.set(key, value);
    return value;
  };
}
