/** `input` of a case: data by name; null inside data means missing. */
export type OracleInput = Readonly<Record<string, unknown>>;

/** `params` of a case: options by name. */
export type OracleParams = Readonly<Record<string, unknown>>;

/**
 * Calls the library on one case and names the results as the oracle does. What the library reports as undefined is
 * null; a key that the library does not offer is left out and is then listed as skipped, not as passed.
 */
export type OracleAdapter = (input: OracleInput, params: OracleParams) => Record<string, unknown>;

export interface Tolerance {
  readonly abs: number;
  readonly rel: number;
}

/** One case of schema `medbench-oracle/1`. */
export interface OracleCase {
  readonly id: string;
  readonly fn: string;
  readonly input: OracleInput;
  readonly params: OracleParams;
  readonly expected: Readonly<Record<string, unknown>>;
  readonly tol: Tolerance & { readonly per_key?: Readonly<Record<string, Tolerance>> };
  /** Why some expected value is null. */
  readonly undefined?: string;
  /** Wrong values that a typical mistake gives, by the name of the mistake. */
  readonly not_these?: Readonly<Record<string, unknown>>;
}

export interface OracleFile {
  readonly schema: "medbench-oracle/1";
  readonly group: string;
  readonly title: string;
  readonly cases: readonly OracleCase[];
}
