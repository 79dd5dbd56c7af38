import type { ItemPoint, Rubric, RubricLanguage } from "../../src/lib/catalogue/rubric.js";

/** What a prompt is made of: one answer and what it is judged by. All of it is data, none of it is an instruction. */
export interface JudgeMaterial {
  readonly question: string;
  readonly answer: string;
  /** Key points (or criteria with points) of the item; empty for rubrics with criteria of their own. */
  readonly keyPoints: readonly (string | ItemPoint)[];
  /** Index of the point shown at each place. Default: as the item lists them. Verdicts are named by place. */
  readonly order?: readonly number[];
  readonly language: RubricLanguage;
  /** Gold answer, shown to the judge as the reference. */
  readonly reference?: string | null;
}

export interface ChatMessage {
  readonly role: "system" | "user";
  readonly content: string;
}

/** One question to a judge. Everything that can change the reply is in it, and `requestHash` covers all of that. */
export interface JudgeRequest {
  readonly requestHash: string;
  readonly messages: readonly ChatMessage[];
  readonly rubric: Rubric;
  readonly material: JudgeMaterial;
  /** JSON schema of the verdict, for servers that can hold a model to one. */
  readonly verdictSchema: Readonly<Record<string, unknown>>;
  /** Repetition by the same judge, from 1. */
  readonly repeat: number;
  /** Unreadable replies before this call. Default 0. The seed sent is repeat + 1000 · attempt: the same seed would fail again. */
  readonly attempt?: number;
  /** Most tokens that the reply may have. */
  readonly maxTokens: number;
}

export interface JudgeReply {
  readonly text: string;
  readonly promptTokens: number | null;
  readonly completionTokens: number | null;
}

/** Whoever can judge: a model behind HTTP, recorded verdicts, or a stub of known quality in a test. */
export interface Judge {
  readonly name: string;
  /** @throws JudgeCallError where no reply came */
  judge(request: JudgeRequest): Promise<JudgeReply>;
}
