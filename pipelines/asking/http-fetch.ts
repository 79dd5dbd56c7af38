import { Agent, request } from "undici";

/**
 * `fetch` for plain calls through undici's `request`, with connections that stay open. A call takes about a third of
 * the processor time of the global `fetch`, which at 64 connections would use a whole core, and two thirds of that of
 * Node's own HTTP client.
 */
export function createHttpFetch(): typeof fetch {
  // The caller limits the time of a call through its signal.
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
