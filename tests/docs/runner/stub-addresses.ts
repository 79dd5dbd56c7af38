import { startStubJudge } from "../../../pipelines/judging/stub-judge.js";

export interface StubAddresses {
  /** A text with each documented address of a model server replaced by the address of a stub, and large sizes by small ones. */
  readonly replaceIn: (text: string) => string;
  readonly close: () => Promise<void>;
}

const documented = /https?:\/\/(?:127\.0\.0\.1:\d+|[a-z.]+\.example)\b/g;

/** A simulated cycle as large as documented takes long, and shows no more than a small one. */
const large = /responses=\d{6,}/g;

/** Starts a stub judge on a free port for every model server that a text names. */
export async function serveStubs(text: string): Promise<StubAddresses> {
  const servers = new Map<string, Awaited<ReturnType<typeof startStubJudge>>>();
  for (const [address] of text.matchAll(documented)) {
    if (!servers.has(address)) servers.set(address, await startStubJudge());
  }
  return {
    replaceIn: (code) =>
      code.replaceAll(large, "responses=20000").replaceAll(documented, (address) => {
        const server = servers.get(address);
        return server === undefined ? address : new URL(server.url).origin;
      }),
    close: async () => {
      for (const server of servers.values()) await server.close();
    },
  };
}
