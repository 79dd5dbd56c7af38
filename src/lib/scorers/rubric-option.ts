import { z } from "zod";

/** Settings of every scorer of verdicts. */
export const rubricOption = {
  rubric: z
    .string()
    .optional()
    .describe("rubric that the judge is asked under: an id of the workbench's own, or a file"),
};
