import { z } from "zod";

/** Settings of every scorer of verdicts. */
export const rubricOption = {
  rubric: z.string().optional().describe("rubric for the judge: the id of a built-in rubric, or a file"),
};
