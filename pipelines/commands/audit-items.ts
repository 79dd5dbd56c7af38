import type { Command } from "commander";
import { share } from "../terminal/arguments.js";
import type { PlaceAudit, QuestionAudit } from "../tools/audit-items/audit-items.js";

interface AuditFlags {
  readonly workspace: string;
  readonly pool?: string;
  readonly track?: string;
  readonly dataset?: string;
  readonly rightFrom: number;
  readonly json?: true;
}

export function registerAuditItems(program: Command): void {
  program
    .command("audit-items")
    .summary("find questions that a person should review")
    .description(
      "Find questions that a person should review, questions that work differently for a family of systems, and systems that find a specialty or language harder than other questions of equal difficulty.",
    )
    .option("--workspace <dir>", "folder of the tables and results", "data")
    .option("--pool <name>", "only this pool")
    .option("--track <name>", "only this track")
    .option("--dataset <name>", "only this dataset")
    .option(
      "--right-from <share>",
      "mean score of a question from which it counts as right, for graded answers",
      share({ zero: false }),
      0.5,
    )
    .option("--json", "print every question and every test as JSON")
    .addHelpText(
      "after",
      `
Example:
  $ medbench audit-items --track llm

A question is a group of variants. Of several runs of a system in a pool, the one submitted last counts. Questions are
named by their ids; texts are not read. A flag asks a person to look; it is not a verdict. With a dozen systems, single
questions can rarely be tested for a family of systems: the table says what the numbers allow.`,
    )
    .action(async ({ json, ...options }: AuditFlags) => {
      const [{ auditWorkspace }, { specialtyNames }, { formatTable }] = await Promise.all([
        import("../tools/audit-items/audit-items.js"),
        import("../warehouse/taxonomy.js"),
        import("../terminal/table.js"),
      ]);
      const audits = await auditWorkspace(options);
      if (json) {
        process.stdout.write(`${JSON.stringify(audits, null, 1)}\n`);
        return;
      }
      const nameOf = await specialtyNames();
      const parts = audits.map((audit) => described(audit, nameOf, formatTable));
      process.stdout.write(parts.length === 0 ? "No question has a score.\n" : parts.join("\n"));
    });
}

type Format = (rows: readonly Readonly<Record<string, unknown>>[]) => string;

const shown = 20;

function described(audit: PlaceAudit, nameOf: (code: string) => string, format: Format): string {
  const { pool, track, runs, questions, families, attributes, untested } = audit;
  const count = (flag: string) =>
    questions.filter(({ flags }) => (flags as readonly string[]).includes(flag)).length;
  const review = questions.filter(({ flags }) => flags.some((flag) => flag !== "all right"));
  const found = attributes.filter(isFound);
  return [
    `Pool ${pool}, track ${track}: ${runs.length} systems, ${questions.length} questions; ${count("all right")} answered correctly by all systems, ${count("all wrong")} by none.`,
    ...audit.warnings.map((warning) => `Note: ${warning}.`),
    "",
    review.length === 0
      ? "No question to review."
      : `Questions to review (${atMost(review.length)}):\n${format(review.slice(0, shown).map(questionRow))}`,
    "",
    families.length === 0
      ? "No system has a family."
      : `Single questions by family of systems, at equal ability:\n${format(families.map(familyRow))}`,
    "",
    `Systems on specialties and languages, at equal difficulty: ${attributes.length} tests, ${found.length} found.`,
    ...(found.length > 0 ? [format(found.slice(0, shown).map((row) => attributeRow(row, nameOf)))] : []),
    ...(untested.length > 0 ? [untestedText(untested)] : []),
    "",
  ].join("\n");
}

const atMost = (n: number) => (n > shown ? `the first ${shown} of ${n}; --json has all` : `${n}`);

function questionRow({
  dataset,
  group_id,
  n_systems,
  share_right,
  rest_correlation,
  flags,
  differential,
}: QuestionAudit) {
  return {
    ...{ dataset, question: group_id },
    right: share_right === null ? null : `${Math.round(share_right * n_systems)} of ${n_systems}`,
    "correlation with rest": rounded(rest_correlation, 2),
    reasons: [
      ...flags.filter((flag) => flag !== "differential functioning"),
      ...differential.map(
        ({ group, delta }) =>
          `${delta === null ? "different" : delta > 0 ? "easier" : "harder"} for ${group}`,
      ),
    ].join(", "),
  };
}

function familyRow(row: PlaceAudit["families"][number]) {
  const { family, n_systems, n_others, n_tested, n_found, can_stand_out, smallest_p, reason } = row;
  const weak = `one question alone cannot stand out: smallest p ${smallest_p?.toPrecision(1)}`;
  return {
    ...{ family, systems: n_systems, others: n_others, tested: n_tested, found: n_found },
    note: reason ?? (can_stand_out ? "" : weak),
  };
}

type Attribute = PlaceAudit["attributes"][number];

const isFound = ({ p_adjusted, size, non_uniform_p_adjusted }: Attribute) =>
  (p_adjusted !== null && p_adjusted <= 0.05 && size !== "A") ||
  (non_uniform_p_adjusted !== null && non_uniform_p_adjusted <= 0.05);

function attributeRow(row: Attribute, nameOf: (code: string) => string) {
  const { attribute, value, system, n_questions, odds_ratio, delta, size, p_adjusted } = row;
  return {
    system,
    "specialty or language": attribute === "specialty" ? nameOf(value) : value,
    questions: n_questions,
    "these questions are": delta === null ? null : delta < 0 ? "harder" : "easier",
    "odds ratio": rounded(odds_ratio, 2),
    ...{ delta: rounded(delta, 2), size, "p (adjusted)": rounded(p_adjusted, 4) },
    "depends on difficulty (p)": rounded(row.non_uniform_p_adjusted, 4),
  };
}

function untestedText(untested: PlaceAudit["untested"]): string {
  const few = untested.length;
  const [first] = untested;
  return few === 1
    ? `Not tested: ${first?.value} (${first?.reason}).`
    : `Not tested: ${few} specialties and languages with too few questions or systems, such as ${first?.value} (${first?.reason}).`;
}

const rounded = (value: number | null, digits: number) =>
  value === null ? null : Number(value.toFixed(digits));
