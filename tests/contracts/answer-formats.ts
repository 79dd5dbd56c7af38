import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import type { SourceRequest } from "../../pipelines/stages/ingest/source.js";
import { storedZip } from "./stored-zip.js";

export interface Answer {
  readonly id: string;
  readonly answer: string;
}

/** One way in which answers arrive. */
export interface AnswerFormat {
  readonly name: string;
  /** File that a message must name when something is wrong with its content. */
  readonly file: string;
  /** The file's bytes for some answers. */
  readonly encode: (answers: readonly Answer[]) => Buffer;
  /** Puts the bytes where this format has them and says how to ingest them. */
  readonly place: (folder: string, bytes: Buffer) => Promise<SourceRequest>;
}

const dataset = "MedTeach";
const upload = { role: "answers", board: "upload", pool: "p1" } as const;

const medbenchLines = (answers: readonly Answer[]): Buffer =>
  Buffer.from(
    answers
      .map(({ id, answer }) =>
        JSON.stringify({ question: `问题${id}`, answer, other: { id: Number(id), source: `${dataset}_V4` } }),
      )
      .map((line) => `${line}\n`)
      .join(""),
  );

async function write(path: string, bytes: Buffer | string): Promise<string> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, bytes);
  return path;
}

const medbench: readonly AnswerFormat[] = [
  {
    name: "a folder of MedBench files",
    file: `${dataset}.jsonl`,
    encode: medbenchLines,
    place: async (folder, bytes) => {
      await write(join(folder, "system-a", `${dataset}.jsonl`), bytes);
      return { path: join(folder, "system-a"), ...upload };
    },
  },
  {
    name: "one MedBench .jsonl",
    file: "system-a.jsonl",
    encode: medbenchLines,
    place: async (folder, bytes) => ({ path: await write(join(folder, "system-a.jsonl"), bytes), ...upload }),
  },
  {
    name: "a zip of MedBench files",
    file: `${dataset}.jsonl`,
    encode: medbenchLines,
    place: async (folder, bytes) => ({
      path: await write(join(folder, "system-a.zip"), storedZip({ [`system-a/${dataset}.jsonl`]: bytes })),
      ...upload,
    }),
  },
];

const mapping = (format: string): string => `
schema: medbench-mapping/1
benchmark: medbench-v4
pool: p1
board: upload
input: {format: ${format}}
tables:
  runs:
    from: SELECT DISTINCT 'system-a.llm.upload.p1' AS run_id FROM raw
    columns: {run_id: run_id, system: "'system-a'", track: "'llm'"}
  responses:
    columns: {run_id: "'system-a.llm.upload.p1'", dataset: "'${dataset}'", item_id: "CAST(id AS VARCHAR)", raw: answer}
`;

const jsonLines = (answers: readonly Answer[]): Buffer =>
  Buffer.from(answers.map((row) => `${JSON.stringify(row)}\n`).join(""));

const csv = (answers: readonly Answer[]): Buffer =>
  Buffer.from(
    ["id,answer", ...answers.map(({ id, answer }) => `${id},"${answer.replaceAll('"', '""')}"`), ""].join(
      "\n",
    ),
  );

function mapped(
  file: string,
  format: string,
  encode: AnswerFormat["encode"],
  pack = (bytes: Buffer) => bytes,
): AnswerFormat {
  return {
    name: `${file} through a mapping`,
    file,
    encode,
    place: async (folder, bytes) => ({
      path: await write(join(folder, file), pack(bytes)),
      mapping: await write(join(folder, "mapping.yaml"), mapping(format)),
    }),
  };
}

const throughMapping: readonly AnswerFormat[] = [
  mapped("answers.jsonl", "jsonl", jsonLines),
  mapped("answers.jsonl.gz", "jsonl", jsonLines, (bytes) => gzipSync(bytes)),
  mapped("answers.json", "json", (answers) => Buffer.from(JSON.stringify(answers))),
  mapped("answers.csv", "csv", csv),
];

/** Every text format of answers; each new one joins this list and with it the contract. */
export const answerFormats: readonly AnswerFormat[] = [...medbench, ...throughMapping];
