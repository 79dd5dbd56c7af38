export interface ChatMessage {
  readonly role: "system" | "user";
  readonly content: string;
}

/** One question to a model. It contains everything that can change the reply, and `requestHash` covers all of it. */
export interface ModelRequest {
  readonly requestHash: string;
  readonly messages: readonly ChatMessage[];
  /** JSON schema of the reply, for servers that can enforce one. Default: any text. */
  readonly replySchema?: {
    readonly name: string;
    readonly schema: Readonly<Record<string, unknown>>;
  };
  /** Maximum tokens of the reply. */
  readonly maxTokens: number;
  /** Default: temperature 0; the server's defaults for the rest. */
  readonly sampling?: { readonly temperature?: number; readonly topP?: number };
  /** Repetition of the same question, from 1. */
  readonly repeat: number;
  /** Unreadable replies before this call. Default 0. The seed sent is repeat + 1000 · attempt: the same seed would give the same unreadable reply. */
  readonly attempt?: number;
}

export interface ModelReply {
  readonly text: string;
  readonly promptTokens: number | null;
  readonly completionTokens: number | null;
}

/** Answers requests: a model behind HTTP, recorded replies, or a stub of known quality in a test. */
export interface ModelClient<Request extends ModelRequest = ModelRequest> {
  readonly name: string;
  /** @throws ModelCallError if no reply arrives */
  ask(request: Request): Promise<ModelReply>;
  /** Whether the server says that it is the stub of `medbench judge-server`. Absent: there is no server. */
  isStub?(): Promise<boolean>;
}

/** Whether a reply can be used. If not, the request is asked again. */
export type ReplyReading =
  | { readonly isReadable: true }
  | { readonly isReadable: false; readonly problem: string };

/**
 * Makes the function that reads replies to one request. What it keeps of the request stays in memory until
 * the reply arrives, in a batch for all requests at once: do not keep texts.
 */
export type ReplyReader<Request extends ModelRequest> = (request: Request) => (text: string) => ReplyReading;
