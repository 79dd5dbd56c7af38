import type { ScorerName } from "../../../src/lib/catalogue/schema.js";
import { InputError } from "../../../src/lib/errors.js";
import { readChoice } from "../../../src/lib/metrics/choice-reader.js";
import {
  findJsonObject,
  type ItemScore,
  type JsonObject,
  normalizeLabel,
  scoreBoxes,
  scoreFields,
  scoreLabels,
  scoreNumeric,
  scoreSet,
  scoreTextFields,
} from "../../../src/lib/metrics/index.js";

/** What became of one component of one response. */
export interface ComponentScore {
  readonly status: "ok" | "unparsed" | "refused" | "excluded";
  /** In [0, 1]; 0 unless `status` is `ok`. */
  readonly value: number;
  readonly tp: number | null;
  readonly fp: number | null;
  readonly fn: number | null;
  readonly answer: string | null;
  readonly readBy: string;
  readonly detail: string | null;
}

export interface Answered {
  readonly text: string | null;
  readonly gold: unknown;
  readonly options: Readonly<Record<string, string>> | null;
}

type Scorer = (answered: Answered, settings: Readonly<Record<string, unknown>>) => ComponentScore;

/** Scorers that need more than SQL; `choice`, `key_points`, `criteria` and `judge` are set work and live in queries. */
export const scorers: Partial<Record<ScorerName, Scorer>> = {
  choice({ text, gold, options }) {
    const reading = readChoice(text ?? "", options);
    const right = reading.answer !== null && reading.answer === String(gold).trim().toUpperCase();
    if (reading.status === "ok" || reading.status === "multiple") {
      return result(right ? 1 : 0, { answer: reading.letters.join(","), readBy: reading.readBy });
    }
    return unread(reading.status === "refused" ? "refused" : "unparsed", reading.readBy);
  },

  set({ text, gold, options }, { kind = "letters" }) {
    const wanted = goldList(gold, "set");
    if (kind === "names") {
      return fromItemScore(scoreSet(text, wanted, { kind: "names" }), text, "names", (parsed) =>
        parsed.members.join("、"),
      );
    }
    const reading = readChoice(text ?? "", options, { multiple: true });
    const parts = { tp: 0, fp: 0, fn: new Set(wanted).size };
    if (reading.letters.length === 0) {
      return unread(reading.status === "refused" ? "refused" : "unparsed", reading.readBy, parts);
    }
    const { score, parts: counted } = scoreSet(reading.letters.join(","), wanted);
    return result(score ?? 0, { ...counted, answer: reading.letters.join(","), readBy: reading.readBy });
  },

  fields({ text, gold }) {
    const wanted = goldObject(gold, "fields");
    const item = scoreFields(text, wanted);
    const parts = { tp: item.parts.correct, fp: 0, fn: item.parts.total - item.parts.correct };
    return fromItemScore({ ...item, parts }, text, "json", (parsed) => JSON.stringify(parsed.answer));
  },

  label({ text, gold }, { jsonField }) {
    const wanted =
      typeof gold === "string" ? gold : String(goldObject(gold, "label")[String(jsonField)] ?? "");
    if (wanted === "") throw new InputError(`label: gold is ${JSON.stringify(gold)}, expected a label`);
    const given = labelOf(text, jsonField);
    if (given === null) return unread(isRefusal(text) ? "refused" : "unparsed", "no label");
    const right = normalizeLabel(given) === normalizeLabel(wanted);
    return result(right ? 1 : 0, {
      answer: given,
      readBy: jsonField === undefined ? "whole response" : "json field",
    });
  },

  label_set({ text, gold }, { source = "text", empty }) {
    if (source === "names") {
      const item = scoreSet(text, goldList(gold, "label_set"), { kind: "names" });
      const score = item.parsed?.overlap.f1 ?? null;
      return fromItemScore({ ...item, score }, text, "names", (parsed) => parsed.members.join("|"));
    }
    const format = source === "json_keys" ? "json-keys" : "separated";
    const item = scoreLabels(text, goldList(gold, "label_set"), {
      format,
      ...(source === "letters" ? { separator: /[,，、;；\s]+/u } : {}),
      ...(Array.isArray(empty) ? { none: empty.map(String) } : {}),
    });
    return fromItemScore(item, text, format, (parsed) => parsed.labels.join("|"));
  },

  number({ text, gold }) {
    const item = scoreNumeric(text, gold);
    return fromItemScore({ ...item, parts: null }, text, "number", (parsed) => JSON.stringify(parsed));
  },

  boxes({ text, gold }) {
    const item = scoreBoxes(text, gold);
    return fromItemScore({ ...item, parts: null }, text, "json", (parsed) => JSON.stringify(parsed));
  },

  edit_distance({ text, gold }) {
    const wanted = Object.fromEntries(
      Object.entries(goldObject(gold, "edit_distance")).map(([name, value]) => [name, String(value ?? "")]),
    );
    const item = scoreTextFields(text, wanted);
    return fromItemScore({ ...item, parts: null }, text, "json", (parsed) => JSON.stringify(parsed.answer));
  },
};

interface Parts {
  readonly tp: number;
  readonly fp: number;
  readonly fn: number;
}

function fromItemScore<Parsed>(
  item: Omit<ItemScore<Parsed>, "parts"> & {
    readonly parts: Readonly<Record<string, number>> | Parts | null;
  },
  text: string | null,
  readBy: string,
  show: (parsed: Parsed) => string,
): ComponentScore {
  const parts = item.parts === null ? {} : (item.parts as Parts);
  if (item.status === "ok" && item.score !== null && item.parsed !== null) {
    return result(item.score, { ...parts, answer: show(item.parsed), readBy });
  }
  if (item.status === "excluded")
    return { ...unread("unparsed", readBy, parts), status: "excluded", detail: item.reason ?? null };
  return { ...unread(isRefusal(text) ? "refused" : "unparsed", readBy, parts), detail: item.reason ?? null };
}

function result(
  value: number,
  {
    tp = null,
    fp = null,
    fn = null,
    answer = null,
    readBy,
  }: Partial<Omit<ComponentScore, "readBy">> & { readonly readBy: string },
): ComponentScore {
  return { status: "ok", value, tp, fp, fn, answer, readBy, detail: null };
}

function unread(status: "unparsed" | "refused", readBy: string, parts: Partial<Parts> = {}): ComponentScore {
  const { tp = null, fp = null, fn = null } = parts;
  return { status, value: 0, tp, fp, fn, answer: null, readBy, detail: readBy };
}

function isRefusal(text: string | null): boolean {
  return text !== null && readChoice(text, null).status === "refused";
}

/** The label of a response: a JSON field where the dataset asks for one, else the first line that is not empty. */
function labelOf(text: string | null, jsonField: unknown): string | null {
  if (text === null) return null;
  if (typeof jsonField === "string") {
    const value = findJsonObject(text)?.value[jsonField];
    return typeof value === "string" && value.trim() !== "" ? value : null;
  }
  const lines = text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== "");
  return lines.length === 1 ? (lines[0] as string) : null;
}

function goldList(gold: unknown, scorer: string): string[] {
  if (typeof gold === "string") return gold.split(/[,，、|;；\s]+/u).filter((member) => member !== "");
  if (Array.isArray(gold) && gold.every((member) => typeof member === "string")) return gold;
  throw new InputError(`${scorer}: gold is ${JSON.stringify(gold)}, expected a JSON list of strings`);
}

function goldObject(gold: unknown, scorer: string): JsonObject {
  if (gold !== null && typeof gold === "object" && !Array.isArray(gold)) return gold as JsonObject;
  throw new InputError(`${scorer}: gold is ${JSON.stringify(gold)}, expected a JSON object`);
}
