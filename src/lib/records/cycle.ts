import { z } from "zod";
import { boardNames, sourceRoles } from "./cycle-words.js";

/** `cycle.yaml`: the role of each file of an evaluation cycle. Paths are relative to the file. */

const common = {
  /** File or folder; `*` stands for any part of a name. */
  path: z.string().min(1),
  board: z.enum(boardNames).optional(),
  pool: z.string().min(1).optional(),
};

const roleSource = z.strictObject({
  ...common,
  role: z.enum(sourceRoles),
  /** System id, if the name of the file or folder is not the id. */
  system: z.string().min(1).optional(),
});
const mappedSource = z.strictObject({ ...common, mapping: z.string().min(1) });

export const cycleSchema = z
  .strictObject({
    schema: z.literal("medbench-cycle/1"),
    /** Id of a built-in catalogue. */
    benchmark: z.string().min(1).optional(),
    /** Path of the benchmark's own catalogue file. */
    catalogue: z.string().min(1).optional(),
    /** Judge whose verdicts the scores of the cycle use. */
    judge: z.string().trim().min(1).optional(),
    sources: z.array(z.union([roleSource, mappedSource])).min(1),
  })
  .refine(
    ({ benchmark, catalogue }) => benchmark === undefined || catalogue === undefined,
    "give `benchmark` (a built-in id) or `catalogue` (a file), not both",
  );
