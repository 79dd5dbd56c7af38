/** Whose grades an interval is about: the people who rated, or the people whom they are a sample of. */
export const raterPopulations = ["these raters", "raters like them"] as const;
export type RaterPopulation = (typeof raterPopulations)[number];
