import { createReadStream, type Stats } from "node:fs";
import { realpath, stat } from "node:fs/promises";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join, resolve, sep } from "node:path";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import { InputError } from "../../../src/lib/errors.js";

const types: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".csv": "text/csv; charset=utf-8",
  ".svg": "image/svg+xml",
  ".parquet": "application/vnd.apache.parquet",
};

export interface SiteServer {
  readonly url: string;
  readonly close: () => Promise<void>;
}

/**
 * Serves a built site to this machine: `/x` finds `x`, `x.html` and `x/index.html`; text is compressed; byte ranges
 * work, for readers of Parquet. Nothing outside the folder is served.
 *
 * @param port 0 picks a free port
 */
export async function serveSite(folder: string, port: number): Promise<SiteServer> {
  const root = await realpath(resolve(folder));
  const server = createServer((request, response) => {
    answer(root, request, response).catch((error: NodeJS.ErrnoException) => {
      // A client that disconnects in the middle of a file is not an error.
      if (error.code === "ERR_STREAM_PREMATURE_CLOSE") return;
      if (!response.headersSent) response.writeHead(500);
      response.end();
    });
  });
  await listen(server, port);
  const { port: taken } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${taken}/`,
    close: () =>
      new Promise((done, fail) => {
        server.close((error) => (error ? fail(error) : done()));
        server.closeAllConnections();
      }),
  };
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((done, fail) => {
    server.once("error", (cause: NodeJS.ErrnoException) => {
      fail(
        new InputError(`publish: port ${port} cannot be used (${cause.code ?? cause.message})`, {
          hint: "Give another port: --serve 8080; 0 picks a free one.",
          cause,
        }),
      );
    });
    server.listen(port, "127.0.0.1", done);
  });
}

async function answer(root: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (request.method !== "GET" && request.method !== "HEAD") {
    response.writeHead(405, { allow: "GET, HEAD" }).end();
    return;
  }
  const found = await findFile(root, request.url ?? "/");
  if (found === null) {
    response.writeHead(404, { "content-type": "text/plain; charset=utf-8" }).end("Not found\n");
    return;
  }
  const { path, stats } = found;
  const type = types[extname(path)] ?? "application/octet-stream";
  const headers = {
    "content-type": type,
    "cache-control": "no-cache",
    "x-content-type-options": "nosniff",
    "accept-ranges": "bytes",
  };
  const range = byteRange(request.headers.range, stats.size);
  if (range === "unsatisfiable") {
    response.writeHead(416, { "content-range": `bytes */${stats.size}` }).end();
    return;
  }
  const compress =
    range === null &&
    /^(?:text|application\/json)/.test(type) &&
    /\bgzip\b/.test(String(request.headers["accept-encoding"]));
  if (range !== null) {
    response.writeHead(206, {
      ...headers,
      "content-range": `bytes ${range.start}-${range.end}/${stats.size}`,
      "content-length": range.end - range.start + 1,
    });
  } else if (compress)
    response.writeHead(200, { ...headers, "content-encoding": "gzip", vary: "accept-encoding" });
  else response.writeHead(200, { ...headers, "content-length": stats.size });
  if (request.method === "HEAD") response.end();
  else if (compress) await pipeline(createReadStream(path), createGzip(), response);
  else await pipeline(createReadStream(path, range ?? {}), response);
}

async function findFile(root: string, address: string): Promise<{ path: string; stats: Stats } | null> {
  const pathname = decoded(new URL(address, "http://site").pathname);
  if (pathname === null || pathname.includes("\0")) return null;
  const base = join(root, pathname);
  for (const candidate of pathname.endsWith("/")
    ? [join(base, "index.html")]
    : [base, `${base}.html`, join(base, "index.html")]) {
    const path = await realpath(candidate).catch(() => null);
    if (path === null || !`${path}${sep}`.startsWith(`${root}${sep}`)) continue;
    const stats = await stat(path);
    if (stats.isFile()) return { path, stats };
  }
  return null;
}

function decoded(pathname: string): string | null {
  try {
    return decodeURIComponent(pathname);
  } catch {
    return null;
  }
}

/** A single range as defined in RFC 9110; for several ranges, or a unit other than bytes, the whole file is sent. */
export function byteRange(
  header: string | undefined,
  size: number,
): { start: number; end: number } | "unsatisfiable" | null {
  const [, first, last] = /^bytes=(\d*)-(\d*)$/.exec(header ?? "") ?? [];
  if (first === undefined || last === undefined || (first === "" && last === "")) return null;
  const start = first === "" ? Math.max(0, size - Number(last)) : Number(first);
  const end = first === "" || last === "" ? size - 1 : Math.min(Number(last), size - 1);
  return start > end || start >= size || (first === "" && Number(last) === 0)
    ? "unsatisfiable"
    : { start, end };
}
