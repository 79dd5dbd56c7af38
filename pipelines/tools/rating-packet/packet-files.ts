import { existsSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { csvFormat } from "d3-dsv";
import { stringify } from "yaml";
import { InputError } from "../../../src/lib/errors.js";
import type { PacketFile } from "../../../src/lib/records/packet.js";
import type { ResponseKey } from "../../../src/lib/records/tables.js";
import { createRandom, shuffled } from "../../../src/lib/util/random.js";
import { type FormItem, ratingForm, type ScaleRubric } from "./rating-form.js";

export interface PacketItem extends FormItem, ResponseKey {
  readonly stratum: string;
  readonly inclusion_probability: number;
  readonly raters: readonly string[];
}

export interface Packet {
  readonly id: string;
  readonly rubric: ScaleRubric;
  readonly raters: readonly string[];
  readonly items: readonly PacketItem[];
  readonly seed: number | string;
}

/**
 * Writes a rating packet: for every rater a blinded sheet (CSV) and a form (HTML) with coded answers in an order of
 * their own; `key.csv`, which resolves the codes and stays with the methodologist; and `packet.yaml`, by which
 * `medbench ingest` reads what comes back.
 *
 * @throws InputError if the folder already has a packet
 */
export async function writePacket(folder: string, packet: Packet): Promise<string[]> {
  const { id, items, raters, rubric, seed } = packet;
  if (existsSync(join(folder, "key.csv"))) {
    throw new InputError(`${folder} already contains a rating packet`, {
      hint: "Choose another folder with --out: without its key.csv, the ratings of the first packet could not be read.",
    });
  }
  const written: string[] = [];
  const write = async (file: string, text: string) => {
    await writeFile(join(folder, file), text);
    written.push(file);
  };
  await mkdir(join(folder, "returned"), { recursive: true });
  const hasReference = items.some(({ reference }) => reference !== null);
  const criteria = Object.fromEntries(rubric.criteria.map(({ id: criterion }) => [criterion, ""]));
  for (const rater of raters) {
    const own = shuffled(
      items.filter((item) => item.raters.includes(rater)),
      createRandom(`${seed}/${rater}`),
    ).map(({ code, question, reference, answer }) => ({ code, question, reference, answer }));
    await write(
      `sheet-${rater}.csv`,
      // A byte-order mark lets spreadsheet programs read Chinese.
      `\ufeff${csvFormat(
        own.map(({ code, question, reference, answer }) => ({
          ...{ code: harmless(code), rater, question: harmless(question) },
          ...(hasReference ? { reference: harmless(reference ?? "") } : {}),
          ...{ answer: harmless(answer), ...criteria, remark: "" },
        })),
      )}\n`,
    );
    await write(`form-${rater}.html`, ratingForm({ packet: id, rater, rubric, items: own }));
  }
  const key = items.map(
    ({ question: _question, reference: _reference, answer: _answer, raters: asked, ...row }) => ({
      ...row,
      raters: asked.join(" "),
    }),
  );
  await write("key.csv", `${csvFormat(key)}\n`);
  await write("packet.yaml", packetFile(packet));
  for (const file of ["from-forms.yaml", "from-sheets.yaml"]) await write(file, referenceFile);
  return written;
}

/** Spreadsheet programs execute cells that begin like a formula. */
function harmless(text: string): string {
  return /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
}

/** What comes back is read by what it says here; see `pipelines/stages/ingest/packet`. */
function packetFile({ id, rubric, raters }: Packet): string {
  const content: PacketFile = {
    schema: "medbench-packet/1",
    packet: id,
    scale: { min: rubric.scale.min, max: rubric.scale.max },
    criteria: rubric.criteria.map((criterion) => criterion.id),
    raters: [...raters],
  };
  return `# Put what physicians return into the folder returned/, then: medbench ingest <this folder>\n${stringify(content)}`;
}

const referenceFile = `# For \`--mapping\` as in earlier versions; \`medbench ingest <this folder>\` does the same.
schema: medbench-packet/1
see: packet.yaml
`;
