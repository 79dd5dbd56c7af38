export interface ChatMessage {
  readonly role: "system" | "user";
  readonly content: string;
}

/** One question to a model. Everything that can change the reply is in it, and `requestHash` covers all of that. */
export interface ModelRequest {
  readonly requestHash: string;
  readonly messages: readonly ChatMessage[];
  /** JSON schema of the reply, for servers that can hold a model to one. Default: any text. */
  readonly replySchema?: {
    readonly name: string;
    readonly schema: Readonly<Record<string, unknown>>;
  };
  /** Most tokens that the reply may have. */
  readonly maxTokens: number;
  /** Default: temperature 0, and the server's own for the rest. */
  readonly sampling?: { readonly temperature?: number; readonly topP?: number };
  /** Repetition of the same question, from 1. */
  readonly repeat: number;
  /** Unreadable replies before this call. Default 0. The seed sent is repeat + 1000 · attempt: the same seed would fail again. */
  readonly attempt?: number;
}

export interface ModelReply {
  readonly text: string;
  readonly promptTokens: number | null;
  readonly completionTokens: number | null;
}

/** What answers requests: a model behind HTTP, recorded replies, or a stub of known quality in a test. */
export interface ModelClient<Request extends ModelRequest = ModelRequest> {
  readonly name: string;
  /** @throws ModelCallError where no reply came */
  ask(request: Request): Promise<ModelReply>;
}

/** Whether a reply can be used. A request whose reply cannot is asked again. */
export type ReplyReading =
  | { readonly isReadable: true }
  | { readonly isReadable: false; readonly problem: string };

/**
 * Makes the function that reads replies to one request. What it keeps of the request is held until the reply comes, which
 * in a batch is for all requests at once: keep no texts.
 */
export type ReplyReader<Request extends ModelRequest> = (request: Request) => (text: string) => ReplyReading;
