// cspell:ignore promptfoo resps
import { literal } from "../../warehouse/sql.js";
import type { Column } from "./column.js";
import { isMostly } from "./content.js";
import type { FileSample } from "./file-sample.js";
import type { Role } from "./role-names.js";

/** A known format of an evaluation harness: what its columns are, also such as are computed from others. */
export interface Harness {
  readonly name: string;
  readonly roles: ReadonlyMap<Role, Column>;
}

/** Recognizes the logs of Inspect AI, HELM, lm-evaluation-harness and promptfoo by their keys. */
export function harnessOf([first]: readonly FileSample[], columns: readonly Column[]): Harness | null {
  if (first === undefined) return null;
  const by = new Map(columns.map((column) => [`${column.isOutside ? "^" : ""}${column.name}`, column]));
  const has = (...names: readonly string[]) => names.every((name) => by.has(name));
  if (first.place[0] === "samples" && has("epoch", "target", "^eval.model")) return inspect(by, columns);
  if (first.place[0] === "request_states" && has("instance.id", "instance.references")) return helm(by);
  if (has("doc_id", "doc", "resps", "target")) return lmEval(by);
  if (String(first.place) === "results,results" && has("testIdx", "provider.id", "response.output"))
    return promptfoo(by);
  return null;
}

type Columns = ReadonlyMap<string, Column>;

function rolesFrom(
  by: Columns,
  names: readonly (readonly [role: Role, ...names: string[]])[],
): Map<Role, Column> {
  const roles = new Map<Role, Column>();
  for (const [role, ...candidates] of names) {
    const found = candidates
      .map((name) => by.get(name))
      .find((column) => column !== undefined && isMostly(column.values, () => true, 0.5));
    if (found !== undefined) roles.set(role, found);
  }
  return roles;
}

/** Values are C for correct, I for incorrect, P for partial, N for no answer, or numbers. */
function inspect(by: Columns, columns: readonly Column[]): Harness {
  const roles = rolesFrom(by, [
    ["item", "id"],
    ["question", "input"],
    ["options", "choices"],
    ["gold", "target"],
    ["answer", "output.completion", "output.choices[1].message.content"],
    ["system", "^eval.model"],
    ["dataset", "^eval.task"],
    ["repeat", "epoch"],
    ["finish_reason", "output.choices[1].stop_reason"],
    ["prompt_tokens", "output.usage.input_tokens"],
    ["completion_tokens", "output.usage.output_tokens"],
  ]);
  const value = columns.find(({ name, isOutside }) => !isOutside && /^scores\.[^.]+\.value$/.test(name));
  if (value !== undefined) {
    const marks: Readonly<Record<string, number>> = { C: 1, I: 0, P: 0.5, N: 0 };
    const text = `CAST(${value.sql} AS VARCHAR)`;
    roles.set("score", {
      ...value,
      sql: `CASE ${text} ${Object.entries(marks)
        .map(([mark, score]) => `WHEN '${mark}' THEN ${score}`)
        .join(" ")} ELSE TRY_CAST(${text} AS DOUBLE) END`,
      values: value.values.map((one) => (typeof one === "string" && one in marks ? marks[one] : one)),
    });
  }
  return { name: "Inspect AI", roles };
}

function helm(by: Columns): Harness {
  const roles = rolesFrom(by, [
    ["item", "instance.id"],
    ["question", "instance.input.text"],
    ["options", "output_mapping"],
    ["answer", "result.completions[1].text"],
    ["system", "request.model"],
    ["repeat", "train_trial_index"],
    ["condition", "instance.perturbation.name"],
    ["latency_s", "result.request_time"],
  ]);
  // HELM's figures are of one split each, and its leaderboards show that of `test`.
  const split = by.get("instance.split");
  const splits = new Set(split?.values);
  if (split !== undefined && splits.size > 1 && splits.has("test"))
    roles.set("excluded", {
      ...split,
      name: "split is not test",
      sql: `CASE WHEN ${split.sql} = 'test' THEN 0 ELSE 1 END`,
      values: split.values.map((value) => (value === "test" ? 0 : 1)),
    });
  const references = by.get("instance.references") as Column;
  roles.set("gold", {
    ...references,
    name: `${references.name} with the tag correct`,
    sql: `list_filter(${references.sql}, lambda r: list_contains(r.tags, ${literal("correct")}))[1].output.text`,
    values: references.values.map((value) => {
      const found = (Array.isArray(value) ? value : []).find((one) =>
        (one as { tags?: unknown[] }).tags?.includes("correct"),
      );
      return (found as { output?: { text?: unknown } } | undefined)?.output?.text;
    }),
  });
  return { name: "HELM", roles };
}

/** The first metric of the list `metrics`; of answers by likelihood there is no text. */
function lmEval(by: Columns): Harness {
  const roles = rolesFrom(by, [
    ["item", "doc_id"],
    ["question", "doc.question", "doc.problem", "doc.query", "doc.input", "doc.sent1"],
    ["gold", "target"],
    ["score", "acc", "exact_match", "acc_norm", "f1", "pass@1"],
  ]);
  const answer = by.get("resps[1][1]");
  const isText =
    answer !== undefined &&
    isMostly(answer.values, (value) => typeof value === "string" && !/^-?\d+\.\d+$/.test(value));
  if (isText && answer !== undefined) roles.set("answer", answer);
  else roles.delete("gold");
  return { name: "lm-evaluation-harness", roles };
}

function promptfoo(by: Columns): Harness {
  return {
    name: "promptfoo",
    roles: rolesFrom(by, [
      ["item", "testIdx"],
      ["answer", "response.output"],
      ["system", "provider.id"],
      ["score", "score", "success"],
      ["latency_ms", "latencyMs"],
      ["cost", "cost"],
    ]),
  };
}

/** The dataset that the name of a file of lm-evaluation-harness contains. */
export function taskOf(file: string): string | null {
  return /(?:^|\/)samples_(.+?)_\d{4}-\d\d-\d\dT[\d-]+(?:\.\d+)?\.jsonl/.exec(file)?.[1] ?? null;
}
