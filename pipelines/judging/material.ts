import { z } from "zod";
import type { ItemPoint, Rubric } from "../../src/lib/catalogue/rubric.js";
import { InputError } from "../../src/lib/errors.js";
import { withoutReasoning } from "../../src/lib/metrics/reasoning-marks.js";
import type { JudgeMaterial } from "./types.js";

/** An answer and its item as stored in the warehouse; JSON columns are still text. */
export interface MaterialRow {
  readonly dataset: string;
  readonly item_id: string;
  readonly raw: string;
  readonly language: string;
  readonly question: string;
  readonly gold: string | null;
  readonly key_points: string | null;
}

/**
 * What a judge is shown of an answer under a rubric; null if the rubric needs key points and the item has none.
 *
 * @throws InputError naming an item whose key points are not a list of texts or `{text, points, tags}`
 */
export function materialOf(rubric: Rubric, row: MaterialRow): JudgeMaterial | null {
  const points = itemPoints(row);
  const isScale = rubric.kind === "scale";
  if (!isScale && points.length === 0) return null;
  return {
    question: row.question,
    answer: shownAnswer(row.raw),
    keyPoints: isScale ? [] : points,
    language: row.language.startsWith("zh") ? "zh" : "en",
    reference: isScale ? (goldText(row.gold) ?? pointsText(points)) : null,
  };
}

/** The answer without reasoning; the whole text if the reasoning was never closed. */
function shownAnswer(raw: string): string {
  const answer = withoutReasoning(raw);
  return answer.trim() === "" ? raw : answer;
}

const pointsSchema = z.array(
  z.union([
    z.string(),
    z.looseObject({ text: z.string(), points: z.number().optional(), tags: z.array(z.string()).optional() }),
  ]),
);

function itemPoints({ dataset, item_id, key_points }: MaterialRow): readonly (string | ItemPoint)[] {
  if (key_points === null) return [];
  const parsed = pointsSchema.safeParse(JSON.parse(key_points) ?? []);
  if (parsed.success) return parsed.data as (string | ItemPoint)[];
  const [at] = parsed.error.issues[0]?.path ?? [];
  throw new InputError(
    `judge: dataset ${dataset}, item ${item_id}: key point ${typeof at === "number" ? at + 1 : "list"} cannot be read`,
    {
      hint: "Key points are a JSON list of texts or of {text, points, tags}. Correct the gold pack or mapping and ingest again.",
    },
  );
}

/** Gold is stored as JSON: text is shown as it is, anything else as JSON. */
function goldText(gold: string | null): string | null {
  if (gold === null) return null;
  const value: unknown = JSON.parse(gold);
  if (value === null || value === "") return null;
  return typeof value === "string" ? value : JSON.stringify(value, null, 1);
}

/** The reference for an item with key points only: to notice a wrong dose, a judge needs the right one. */
function pointsText(points: readonly (string | ItemPoint)[]): string | null {
  if (points.length === 0) return null;
  return points.map((point) => (typeof point === "string" ? point : point.text)).join("\n");
}
