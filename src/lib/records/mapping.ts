import { z } from "zod";

/** A mapping file: how tables are made from files of any layout, one SQL expression per column. */

export const mappedTables = ["items", "runs", "responses", "ratings", "judgments"] as const;
export type MappedTable = (typeof mappedTables)[number];

export const inputFormats = ["jsonl", "json", "csv", "parquet"] as const;
export type InputFormat = (typeof inputFormats)[number];

const option = z.union([
  z.string(),
  z.number(),
  z.boolean(),
  z.array(z.string()),
  z.record(z.string(), z.string()),
]);

/** Names of the tables that a mapping's engine fills itself. */
const ownNames = new RegExp(
  `^(places|streamed|(typed|evaluated|judged|refused)_(${mappedTables.join("|")}))$`,
  "i",
);

const input = z.strictObject({
  /** Name of the view; `raw` if there is one input. */
  name: z
    .string()
    .regex(/^[A-Za-z_][A-Za-z0-9_]*$/, "a plain name such as `raw`")
    .refine((name) => !ownNames.test(name), "another name: medbench uses this one for its own tables")
    .default("raw"),
  /** Globs below the source folder; optional if the source is one file. */
  files: z.array(z.string().min(1)).min(1).optional(),
  format: z.enum(inputFormats).optional(),
  /** How the files are read, such as `delim`, `columns` or `encoding`. */
  options: z.record(z.string().regex(/^[a-z_]+$/), option).default({}),
});

const table = z.strictObject({
  /** Name of an input, or a SELECT over the inputs. */
  from: z.string().min(1).default("raw"),
  columns: z.record(z.string().min(1), z.union([z.string().min(1), z.number(), z.boolean()])),
});

export const mappingSchema = z.strictObject({
  schema: z.literal("medbench-mapping/1"),
  benchmark: z.string().min(1).optional(),
  pool: z.string().min(1).optional(),
  board: z.enum(["upload", "api"]).optional(),
  input: z.union([
    input,
    z
      .array(input)
      .min(1)
      .refine(
        (inputs) => new Set(inputs.map(({ name }) => name.toLowerCase())).size === inputs.length,
        "every input needs a name of its own, in any letter case (`raw` if it has none)",
      ),
  ]),
  tables: z
    .partialRecord(z.enum(mappedTables), table)
    .refine((tables) => Object.keys(tables).length > 0, "at least one table"),
});

export type Mapping = z.infer<typeof mappingSchema>;
export type MappingInput = z.infer<typeof input>;
export type MappingTable = z.infer<typeof table>;
