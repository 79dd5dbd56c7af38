import { Agent, request } from "undici";

/**
 * `fetch` for plain calls through undici's `request`, with connections that stay open. It takes about a third of the
 * processor time a call that the global `fetch` takes, which at 64 connections would be a whole core, and two thirds
 * of what Node's own HTTP client takes.
 */
export function createHttpFetch(): typeof fetch {
  // How long a call may take is the caller's to say, by its signal.
  const dispatcher = new Agent({ headersTimeout: 0, bodyTimeout: 0, connect: { timeout: 0 } });
  return async (input, init = {}) => {
    const { statusCode, headers, body } = await request(input instanceof Request ? input.url : input, {
      dispatcher,
      method: (init.method ?? "GET") as "GET",
      headers: Object.fromEntries(init.headers instanceof Headers ? init.headers : new Headers(init.headers)),
      body: typeof init.body === "string" ? init.body : null,
      signal: init.signal ?? null,
    });
    return new Response(await body.arrayBuffer(), {
      status: statusCode,
      headers: Object.entries(headers).map(([name, value]): [string, string] => [name, String(value)]),
    });
  };
}
