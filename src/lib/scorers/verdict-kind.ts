/**
 * What a judge can be asked about an answer, and how tables name the criteria.
 *
 * - `scale`: grades on the criteria of a rubric, named as the rubric names them;
 * - `key_point`: was each key point of the item covered?
 * - `criterion`: was each weighted criterion of the item met?
 */
export const verdictKinds = {
  scale: { rubricKind: "scale", prefix: null, isGrade: true },
  key_point: { rubricKind: "key_points", prefix: "key_point/", isGrade: false },
  criterion: { rubricKind: "points", prefix: "criterion/", isGrade: true },
} as const satisfies Readonly<
  Record<
    string,
    {
      /** Kind of rubric that asks for such verdicts. */
      readonly rubricKind: string;
      /** Prefix of the names of criteria that are numbered within their item. */
      readonly prefix: string | null;
      /** Whether the verdicts grade the answer as a whole, so that means over judged answers include them. */
      readonly isGrade: boolean;
    }
  >
>;
export type VerdictKind = keyof typeof verdictKinds;
