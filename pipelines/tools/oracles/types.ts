import { z } from "zod";

/** Data and options of a case, by name; null inside data means missing. */
const record = z.record(z.string(), z.unknown());
const tolerance = z.object({ abs: z.number().nonnegative(), rel: z.number().nonnegative() });

/** One case of schema `medbench-oracle/1`; fields that only document where a value came from are ignored. */
export const oracleCase = z.object({
  id: z.string(),
  fn: z.string(),
  input: record,
  params: record.default({}),
  expected: record,
  tol: tolerance.extend({ per_key: z.record(z.string(), tolerance).optional() }),
  /** Why some expected value is null. */
  undefined: z.string().optional(),
  /** Wrong values that typical mistakes give, by the name of the mistake. */
  not_these: record.optional(),
});

export const oracleFile = z.object({
  schema: z.literal("medbench-oracle/1"),
  group: z.string(),
  title: z.string(),
  cases: z.array(oracleCase),
});

export type OracleCase = z.infer<typeof oracleCase>;
export type OracleFile = z.infer<typeof oracleFile>;
export type Tolerance = z.infer<typeof tolerance>;
export type OracleInput = Readonly<Record<string, unknown>>;
export type OracleParams = Readonly<Record<string, unknown>>;

/**
 * Calls the library on one case and returns the results under the oracle's names. Undefined results are null; keys that
 * the library does not offer are left out, and then listed as not offered instead of passed.
 */
export type OracleAdapter = (input: OracleInput, params: OracleParams) => Record<string, unknown>;
