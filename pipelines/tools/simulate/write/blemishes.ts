import type { SimulatedFile } from "../datasets.js";
import type { SimulatedRun } from "../systems.js";

/** A line that an ingest must not take, planted after a line of an answer file. */
export interface PlantedLine {
  readonly file: string;
  /** Line from 1. */
  readonly line: number;
  readonly kind: "truncated JSON" | "not JSON" | "no item id" | "repeated line" | "second answer";
}

interface Blemish {
  readonly run: string;
  readonly file: string;
  /** The group whose last line it follows. */
  readonly after: number;
  readonly kind: PlantedLine["kind"];
}

/** Single-prompt files only: with five equal prompts, a sixth line could be a variant or a repetition. */
const blemishes: readonly Blemish[] = [
  { run: "qingtan-14b", file: "MedHC.jsonl", after: 1, kind: "truncated JSON" },
  { run: "qingtan-14b", file: "MedTerm.jsonl", after: 2, kind: "repeated line" },
  { run: "luming-lite", file: "MedMC.jsonl", after: 0, kind: "not JSON" },
  { run: "luming-lite", file: "DDx-advanced.jsonl", after: 3, kind: "second answer" },
  { run: "luming-lite", file: "MedCare.jsonl", after: 4, kind: "no item id" },
  { run: "luming-lite", file: "MedDiag.jsonl", after: 5, kind: "truncated JSON" },
  { run: "beiwei-vl-7b", file: "MedQC.jsonl", after: 2, kind: "repeated line" },
  { run: "beiwei-vl-7b", file: "MedVQA.jsonl", after: 3, kind: "not JSON" },
  { run: "qingtan-agent", file: "MedCOT.jsonl", after: 1, kind: "truncated JSON" },
  { run: "beiwei-react", file: "MedCollab.jsonl", after: 0, kind: "repeated line" },
  { run: "beiwei-react", file: "MedShield.jsonl", after: 4, kind: "no item id" },
];

/** The line planted after a group of an upload, or null. */
export function blemishAfter(
  run: SimulatedRun,
  file: SimulatedFile,
  index: number,
  lastLine: string,
): { readonly kind: PlantedLine["kind"]; readonly text: string } | null {
  if (run.board !== "upload") return null;
  const found = blemishes.find(
    (blemish) => blemish.run === run.system.id && blemish.file === file.file && blemish.after === index,
  );
  return found === undefined ? null : { kind: found.kind, text: badLine(found.kind, lastLine) };
}

function badLine(kind: PlantedLine["kind"], line: string): string {
  const { question, answer, other } = JSON.parse(line) as { question: string; answer: string; other: object };
  switch (kind) {
    case "truncated JSON":
      return `${line.slice(0, Math.floor(line.length / 2)).trimEnd()}\n`;
    case "not JSON":
      return "---- batch 2 restarted after a network error ----\n";
    case "no item id":
      return `${JSON.stringify({ question: `${question}（重试）`, answer, other: {} })}\n`;
    case "repeated line":
      return line;
    case "second answer":
      return `${JSON.stringify({ question, answer: `${answer} `, other })}\n`;
  }
}

/** Uploads written as some Windows tools write them: byte-order mark and CRLF, in one file of one system. */
export const isWindowsFile = (run: SimulatedRun, file: SimulatedFile) =>
  run.system.id === "luming-max" && file.file === "MedRehab.jsonl";
