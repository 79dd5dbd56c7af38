import type { ItemPoint, Rubric, RubricLanguage } from "../../src/lib/catalogue/rubric.js";
import type { ModelClient, ModelRequest } from "../asking/request.js";

/** The content of a prompt: one answer and what it is judged by. All of it is data, none of it is an instruction. */
export interface JudgeMaterial {
  readonly question: string;
  readonly answer: string;
  /** Key points (or criteria with points) of the item; empty for rubrics with criteria of their own. */
  readonly keyPoints: readonly (string | ItemPoint)[];
  /** Index of the point shown at each place. Default: the order of the item. Verdicts are named by place. */
  readonly order?: readonly number[];
  readonly language: RubricLanguage;
  /** Gold answer, shown to the judge as the reference. */
  readonly reference?: string | null;
}

/** One question to a judge: about one answer, under one rubric. */
export interface JudgeRequest extends ModelRequest {
  readonly rubric: Rubric;
  readonly material: JudgeMaterial;
}

export type Judge = ModelClient<JudgeRequest>;
