import { z } from "zod";
import { scorerNames, scorerOf } from "../../../src/lib/scorers/index.js";
import type { Pooling } from "../../../src/lib/scorers/pooling.js";
import { readsAnswers, type Scorer } from "../../../src/lib/scorers/scorer.js";

/** The text of `docs/scorers.md`: the registry's description of each scorer. */
export function referencePage(): string {
  const sections = scorerNames.map((name) => section(scorerOf(name)));
  return `# Scorers

What a component of a dataset's metric can name as its \`scorer\` in a catalogue. This page is written from the registry in
\`src/lib/scorers\` by \`npx vitest run tests/lib/scorers --update\`; CONTRIBUTING.md shows how to add a scorer.

${sections.join("\n")}`;
}

const poolingWords: Readonly<Record<Pooling, string>> = {
  mean: "mean over responses, groups of variants counting once",
  all_right: "share of items of which every variant is right",
  parts_right: "parts right over all parts, summed over items",
  micro_f1: "2 tp / (2 tp + fp + fn), summed over items",
};

function section(scorer: Scorer): string {
  const { name, label, summary, version, pooling } = scorer;
  const facts = [
    [
      "reads",
      scorer.reads === "verdicts"
        ? `verdicts of a judge, of kind \`${scorer.verdicts.kind}\``
        : readsAnswers(scorer)
          ? "the answer"
          : "the score that the source gave: `source_score` of the response",
    ],
    ["task value", poolingWords[pooling]],
    ...(scorer.reads === "verdicts"
      ? [["rubric unless the dataset names one", `\`${scorer.verdicts.defaultRubric}\``]]
      : []),
    ...(readsAnswers(scorer)
      ? [
          ["gold answer, for example", `\`${JSON.stringify(scorer.example.gold)}\``],
          ["an answer with full marks", `\`${scorer.example.text}\``],
        ]
      : []),
    ...optionsOf(scorer).map(([option, meaning]) => [`option \`${option}\``, meaning]),
    ["version", version],
  ];
  const rows = facts.map(([what, text]) => `| ${what} | ${(text as string).replaceAll("|", "\\|")} |`);
  return `## \`${name}\`: ${label.en} (${label.zh})\n\n${summary}\n\n| | |\n| --- | --- |\n${rows.join("\n")}\n`;
}

interface OptionSchema {
  readonly description?: string;
  readonly enum?: readonly string[];
  readonly type?: string;
  readonly default?: unknown;
}

function optionsOf({ options }: Scorer): [string, string][] {
  const { properties = {} } = z.toJSONSchema(options, { io: "input" });
  return Object.entries(properties as Record<string, OptionSchema>).map(([name, schema]) => {
    const { description = "", default: usual } = schema;
    const values = (schema.enum ?? []).map((value) => `\`${value}\``).join(", ");
    const parts = [
      description,
      ...(values === "" ? [] : [`one of ${values}`]),
      ...(usual === undefined
        ? []
        : [`default \`${typeof usual === "string" ? usual : JSON.stringify(usual)}\``]),
    ];
    return [name, parts.join("; ")];
  });
}
