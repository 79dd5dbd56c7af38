import { z } from "zod";
import { createHttpFetch } from "./http-fetch.js";
import { withoutSecrets } from "./server-address.js";

/** How the stub server names itself in its list of models. */
export const stubOwner = "medbench-stub";

/** What a server says about itself. */
export interface ServedModels {
  readonly models: readonly string[];
  /** The server says that it is the stub of `medbench judge-server`. */
  readonly isStub: boolean;
}

const listSchema = z.object({
  data: z.array(z.object({ id: z.string(), owned_by: z.unknown().optional() })),
});

/** Long enough for a busy server, short enough for a person who waits. */
const timeoutMs = 10_000;

/**
 * The models that a server lists at `<baseUrl>/models`; null if it lists none: many servers have no such list, so its absence
 * says nothing.
 *
 * @param apiKey sent to this server only
 */
export async function servedModels(baseUrl: string, apiKey: string): Promise<ServedModels | null> {
  try {
    const response = await createHttpFetch()(below(baseUrl, "models"), {
      headers: new Headers({ authorization: `Bearer ${apiKey}` }),
      signal: AbortSignal.timeout(timeoutMs),
    });
    if (!response.ok) return null;
    const { data } = listSchema.parse(await response.json());
    return { models: data.map(({ id }) => id), isStub: data.some((model) => model.owned_by === stubOwner) };
  } catch {
    // Whatever is wrong with the server, the first request to the model itself shows it, with its cause.
    return null;
  }
}

/** The address of the API if `/v1` is missing from the given one; null if the server has no API there either. */
async function addressWithVersion(baseUrl: string, apiKey: string): Promise<string | null> {
  const { pathname } = new URL(baseUrl);
  if (/\/v\d+\/?$/.test(pathname)) return null;
  const versioned = below(baseUrl, "v1");
  return (await servedModels(versioned, apiKey)) === null ? null : versioned;
}

/** The hint for an address at which the API is not, but is one level below, at `/v1`; null if it is not there either. */
export async function hintOfVersion(baseUrl: string, apiKey: string): Promise<string | null> {
  const versioned = await addressWithVersion(baseUrl, apiKey);
  return versioned === null
    ? null
    : `Did you mean --base-url ${withoutSecrets(versioned)}? The API is there.`;
}

/** A path below an address, whose query stays. */
function below(baseUrl: string, name: string): string {
  const url = new URL(baseUrl);
  url.pathname = `${url.pathname.replace(/\/+$/, "")}/${name}`;
  return url.href;
}
