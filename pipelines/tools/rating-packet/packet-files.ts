import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { csvFormat } from "d3-dsv";
import { createRandom, shuffled } from "../../../src/lib/util/random.js";
import { type FormItem, ratingForm, type ScaleRubric } from "./rating-form.js";

export interface PacketItem extends FormItem {
  readonly run_id: string;
  readonly benchmark: string;
  readonly dataset: string;
  readonly pool: string;
  readonly item_id: string;
  readonly variant: number;
  readonly condition: string;
  readonly repeat: number;
  readonly stratum: string;
  readonly inclusion_probability: number;
  readonly raters: readonly string[];
}

export interface Packet {
  readonly id: string;
  readonly benchmark: string;
  readonly rubric: ScaleRubric;
  readonly raters: readonly string[];
  readonly items: readonly PacketItem[];
  readonly seed: number | string;
}

/**
 * Writes a rating packet: for every rater a blinded sheet (CSV) and a form (HTML) with coded answers in an order of
 * their own; `key.csv`, which resolves the codes and stays with the methodologist; and two mapping files for ingesting the
 * returned forms or sheets.
 */
export async function writePacket(folder: string, packet: Packet): Promise<string[]> {
  const { id, items, raters, rubric, seed } = packet;
  const written: string[] = [];
  const write = async (file: string, text: string) => {
    await writeFile(join(folder, file), text);
    written.push(file);
  };
  await mkdir(join(folder, "returned"), { recursive: true });
  for (const rater of raters) {
    const own = shuffled(
      items.filter((item) => item.raters.includes(rater)),
      createRandom(`${seed}/${rater}`),
    ).map(({ code, question, answer }) => ({ code, question, answer }));
    const criteria = Object.fromEntries(rubric.criteria.map(({ id: criterion }) => [criterion, ""]));
    await write(
      `sheet-${rater}.csv`,
      // A byte-order mark lets spreadsheet programs read Chinese.
      `\ufeff${csvFormat(
        own.map(({ code, question, answer }) => ({
          ...{ code, rater, question: harmless(question), answer: harmless(answer) },
          ...criteria,
        })),
      )}\n`,
    );
    await write(`form-${rater}.html`, ratingForm({ packet: id, rater, rubric, items: own }));
  }
  const key = items.map(({ question: _question, answer: _answer, raters: _raters, ...row }) => row);
  await write("key.csv", `${csvFormat(key)}\n`);
  await write("from-forms.yaml", mapping(packet, "forms"));
  await write("from-sheets.yaml", mapping(packet, "sheets"));
  return written;
}

/** Spreadsheet programs execute cells that begin like a formula. */
function harmless(text: string): string {
  return /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
}

function mapping({ id, benchmark, rubric }: Packet, from: "forms" | "sheets"): string {
  const names = rubric.criteria.map(({ id: criterion }) => criterion);
  const returned =
    from === "forms"
      ? {
          files: '["returned/*.jsonl"]',
          format: "jsonl",
          rows: "SELECT code, rater, criterion, CAST(value AS VARCHAR) AS grade, rated_at FROM given",
        }
      : {
          files: '["returned/*.csv"]',
          format: "csv",
          rows: `SELECT code, rater, criterion, nullif(trim(grade), '') AS grade, NULL AS rated_at FROM given UNPIVOT (grade FOR criterion IN (${names.map((name) => `"${name}"`).join(", ")}))`,
        };
  return `# What physicians returned of packet ${id}, joined with its key. Put the files into returned/, then:
#   medbench ingest <this folder> --mapping ${from === "forms" ? "from-forms.yaml" : "from-sheets.yaml"}
schema: medbench-mapping/1
benchmark: ${benchmark}
input:
  - {name: key, files: [key.csv], format: csv}
  - {name: given, files: ${returned.files}, format: ${returned.format}}
tables:
  ratings:
    from: SELECT * FROM (${returned.rows}) AS g JOIN key USING (code)
    columns:
      run_id: run_id
      dataset: dataset
      pool: pool
      item_id: item_id
      variant: variant
      condition: condition
      repeat: repeat
      rater: rater
      criterion: criterion
      raw: grade
      scale_min: "${rubric.scale.min}"
      scale_max: "${rubric.scale.max}"
      value: TRY_CAST(grade AS DOUBLE)
      role: "'physician'"
      blinded: "true"
      batch: "'${id}'"
      inclusion_probability: inclusion_probability
      rated_at: rated_at
`;
}
