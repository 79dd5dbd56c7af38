import type { ReleasedRow } from "../lib/records/released-tables.js";
import { element } from "./dom.js";
import type { Names } from "./names.js";
import type { Words } from "./words.js";

/** Gates by figure. */
export type GateIndex = ReadonlyMap<string, ReleasedRow<"gates">>;

const keyOf = (run: string, scope: string, name: string) => JSON.stringify([run, scope, name]);

export function gateIndex(gates: readonly ReleasedRow<"gates">[]): GateIndex {
  return new Map(gates.map((gate) => [keyOf(gate.run_id, gate.scope, gate.name), gate]));
}

export function gateOf(
  index: GateIndex,
  run: string,
  scope: string,
  name: string,
): ReleasedRow<"gates"> | undefined {
  return index.get(keyOf(run, scope, name));
}

/** Stands where a withheld figure would: the notes of the charts explain it. */
export const withheldMark = "⊘";

export const isWithheld = ({ publication }: ReleasedRow<"task_scores", "publication">) =>
  publication === "withhold";

/** Why a figure is withheld or comes with a caveat, and what would lift it; null where there is nothing to say. */
export function gateNote(gate: ReleasedRow<"gates"> | undefined, words: Words, names: Names): string | null {
  if (gate === undefined || gate.decision === "no_judge_involved" || gate.decision === "publish") return null;
  return words.judge.gates.reason(gate, names.specialty);
}

/** What is withheld among some figures, each reason once; null where nothing is. */
export function withheldNote(
  gates: readonly ReleasedRow<"gates">[],
  words: Words,
  names: Names,
): HTMLElement | null {
  const withheld = gates.filter(({ decision }) => decision === "withhold");
  if (withheld.length === 0) return null;
  const lines = new Map<string, Set<string>>();
  for (const gate of withheld) {
    const reason = gateNote(gate, words, names) ?? "";
    const figures = lines.get(reason) ?? new Set();
    lines.set(reason, figures.add(figureName(gate, words, names)));
  }
  return element(
    "div",
    { class: "mb-aside" },
    element("p", {}, words.judge.gates.here(withheld.length)),
    element(
      "ul",
      {},
      [...lines].map(([reason, figures]) =>
        element("li", {}, `${[...figures].join(words.language.separator)}${words.language.colon}${reason}`),
      ),
    ),
  );
}

/** What a gate is about, without the system. */
export function figureName({ scope, name }: ReleasedRow<"gates">, words: Words, names: Names): string {
  if (scope === "specialty") return names.specialty(name.slice(name.indexOf("/") + 1));
  if (scope === "judged_specialty") return names.specialty(name);
  if (scope === "dimension" || scope === "judged_dimension") return names.dimension(name);
  return scope === "task" ? name : words.judge.gates.scopes[scope];
}
